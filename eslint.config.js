import { defineConfig, globalIgnores } from 'eslint/config'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import { rooms } from './eslint.config.rooms.js'
import { house } from './eslint.config.rules.js'

/** What vue-tsc checks better: plain TypeScript does not know what is in a component's file. */
const unsafe = Object.fromEntries(['argument', 'assignment', 'call', 'member-access', 'return'].map((each) => [`@typescript-eslint/no-unsafe-${each}`, 'off']))

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'node_modules/', 'test-results/', 'scratch/']),
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    name: 'typescript',
    files: ['**/*.{ts,mts,vue}'],
    extends: [tseslint.configs.strict],
    plugins: { house },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.vue'] } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'house/explained-non-null': 'error',
      'house/max-lines': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  { name: 'renderer', files: ['src-renderer/**/*.ts'], rules: unsafe },
  {
    name: 'components',
    files: ['**/*.vue'],
    extends: [vue.configs['flat/essential'], tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: { 'vue/multi-word-component-names': 'off' },
  },
  ...rooms,
  { name: 'tools', files: ['**/*.config.ts', 'test/**/setup.ts'], rules: { 'no-restricted-exports': 'off' } },
  { name: 'scripts', files: ['**/*.{js,mjs}'], plugins: { house }, rules: { 'house/max-lines': 'error', 'no-var': 'error', 'prefer-const': 'error', eqeqeq: 'error' } },
)
