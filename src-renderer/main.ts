import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './app/App.vue'
import { connect } from './connection/connect'
import { createTranslations } from './locales'
import { useConnection } from './stores/connection'
import { useSettings } from './stores/settings'
import 'element-plus/dist/index.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import './styles/index.css'
import './styles/tables.css'

const app = createApp(App)
app.use(createPinia())
app.use(createTranslations())
useConnection().open(connect)
await useSettings().load()
app.mount('#app')
