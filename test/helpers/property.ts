import fc from 'fast-check'

/**
 * fast-check for property tests. `npm test` draws the same examples every time, so that it judges the change and not the
 * draw; `DESCENT_PROPERTY_SEED=7 npm test -- test/property` draws others.
 */
fc.configureGlobal({ seed: Number(process.env.DESCENT_PROPERTY_SEED ?? 20_260_722) })

export { fc }
