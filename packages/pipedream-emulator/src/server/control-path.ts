/** Where everything is that Pipedream does not have. */
export const CONTROL_PATH = '/__emulator'
