import { z } from 'zod'
import { sha256 } from '../store/secrets.ts'
import type { TraceCollector } from '../observability/trace-exporter.ts'

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Logs, metrics and traces of the gateway, and how it shuts down. */
export interface OperatorConfig {
  logLevel: (typeof LEVELS)[number]
  /** SHA-256 of the bearer token for reading metrics; `undefined`: only this machine can, and no one with a deployed gateway. */
  metricsTokenHash: string | undefined
  /** The trace collector; `undefined`: no traces. */
  traces: TraceCollector | undefined
  /** How long the gateway accepts new requests after the signal to stop, while `/health/ready` is 503. */
  shutdownNoticeMs: number
  /** How long running requests may take to finish after that. */
  shutdownTimeoutMs: number
}

const milliseconds = z.coerce
  .number({ error: 'must be a number of milliseconds' })
  .int('must be a whole number')
  .min(0, 'must be 0 to 600000')
  .max(600_000, 'must be 0 to 600000')

const PAIR = /^\s*[\w.~!#$&'*+^`|-]+\s*=[^\r\n]*$/

// OpenTelemetry defines the values of this setting as percent-encoded.
function readPair(pair: string): [name: string, value: string] {
  const [name = '', ...value] = pair.split('=')
  return [name.trim().toLowerCase(), decode(value.join('=').trim())]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export const operatorSettings = {
  LOG_LEVEL: z.enum(LEVELS, { error: `must be one of ${LEVELS.join(', ')}` }).default('info'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .regex(/^\S+$/, 'must not contain spaces')
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .refine((value) => !/\/v1\/traces\/*$/.test(value), {
      error: 'must not end in /v1/traces, which is appended: http://localhost:4318',
    })
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .transform((list) => list.split(',').filter((pair) => pair.trim()))
    .pipe(z.array(z.string().regex(PAIR, 'must be name=value pairs, separated by commas')))
    .transform((pairs) => Object.fromEntries(pairs.map(readPair)))
    .default({}),
  SHUTDOWN_NOTICE_MS: milliseconds.default(0),
  SHUTDOWN_TIMEOUT_MS: milliseconds.default(10_000),
}

export function operatorConfig(
  values: z.infer<z.ZodObject<typeof operatorSettings>>,
): OperatorConfig {
  const { METRICS_TOKEN, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = values
  return {
    logLevel: values.LOG_LEVEL,
    metricsTokenHash: METRICS_TOKEN === undefined ? undefined : sha256(METRICS_TOKEN),
    traces: endpoint ? { endpoint, headers: values.OTEL_EXPORTER_OTLP_HEADERS } : undefined,
    shutdownNoticeMs: values.SHUTDOWN_NOTICE_MS,
    shutdownTimeoutMs: values.SHUTDOWN_TIMEOUT_MS,
  }
}
