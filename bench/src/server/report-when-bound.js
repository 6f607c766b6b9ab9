import { reportWhenBound } from './report.js'

reportWhenBound()
