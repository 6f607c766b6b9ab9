export const WHO = '{ viewer { kind externalUserId } }'
export const WORKSPACE = 'mutation { oauthToken { __typename ... on OAuthToken { accessToken } } }'
export const ANONYMOUS = { says: /"viewer":null/ }
export const MALLORY = { says: /"mallory"/, never: /"ada"|SERVICE|OPERATOR/ }

export function bearer(value: string) {
  return { headers: { authorization: value } }
}

export function body(query: string): string {
  return JSON.stringify({ query })
}
