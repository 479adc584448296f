export { startServer, type RunningServer, type ServerOptions } from './server'
export { hasScreen, openBrowser } from './open-browser'
