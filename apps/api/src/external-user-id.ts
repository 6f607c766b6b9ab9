/** Pipedream's limit on an external user id, in characters. */
export const EXTERNAL_USER_ID_MAX = 250
