import { z } from 'zod'
import { sha256 } from './sha256.ts'

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** What whoever runs the gateway sees of it, and how it stops. */
export interface OperatorConfig {
  logLevel: (typeof LEVELS)[number]
  /** SHA-256 of the bearer that may read metrics from elsewhere; `undefined`: this machine alone may. */
  metricsTokenHash: string | undefined
  /** Where traces are collected; `undefined`: nowhere. */
  tracesEndpoint: string | undefined
  /** How long we still take new requests once we are asked to stop, while readiness says so. */
  shutdownNoticeMs: number
  /** How long requests under way may take to finish after that. */
  shutdownTimeoutMs: number
}

const milliseconds = z.coerce
  .number({ error: 'must be a number of milliseconds' })
  .int('must be a whole number')
  .min(0, 'must be 0 to 600000')
  .max(600_000, 'must be 0 to 600000')

export const operatorSettings = {
  LOG_LEVEL: z.enum(LEVELS, { error: `must be one of ${LEVELS.join(', ')}` }).default('info'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .regex(/^\S+$/, 'must not have blanks in it')
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .optional(),
  SHUTDOWN_NOTICE_MS: milliseconds.default(0),
  SHUTDOWN_TIMEOUT_MS: milliseconds.default(10_000),
}

export function operatorConfig(
  values: z.infer<z.ZodObject<typeof operatorSettings>>,
): OperatorConfig {
  const { METRICS_TOKEN } = values
  return {
    logLevel: values.LOG_LEVEL,
    metricsTokenHash: METRICS_TOKEN === undefined ? undefined : sha256(METRICS_TOKEN),
    tracesEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    shutdownNoticeMs: values.SHUTDOWN_NOTICE_MS,
    shutdownTimeoutMs: values.SHUTDOWN_TIMEOUT_MS,
  }
}
