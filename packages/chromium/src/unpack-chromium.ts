import { findChromium } from './find-chromium.ts'

// Runs as this package's build step, so that the browser is whole before test files, which run in parallel, start it.
await findChromium()
