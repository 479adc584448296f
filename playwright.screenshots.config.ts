import base from './playwright.config'

/** `npm run screenshots`: every view, light and dark, in both languages and sizes, into screenshots/. */
export default { ...base, testMatch: 'pictures.ts', fullyParallel: false, workers: 1, reporter: [['list'] as const] }
