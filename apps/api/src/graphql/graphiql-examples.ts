/** The operations that GraphiQL shows when it opens. */
export const examples = `# First sign in at /accounts, in this browser. Then
# press the pink button and choose an operation.

# Who am I, and which accounts have I connected?
query Viewer {
  viewer {
    kind
    externalUserId
    accounts(first: 20) {
      ... on AccountConnection {
        totalCount
        nodes {
          id
          name
          healthy
          createdAt
          app {
            slug
            name
          }
        }
      }
      ... on Error {
        message
      }
    }
  }
}

# Search the catalogue.
query Apps {
  apps(search: "google", first: 5) {
    ... on AppConnection {
      totalCount
      nodes {
        slug
        name
        authType
        categories
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
    ... on Error {
      message
    }
  }
}

# Create a connect token, then open connectLinkUrl in a new tab.
mutation CreateConnectToken {
  createConnectToken(input: { app: "google_sheets" }) {
    __typename
    ... on ConnectToken {
      token
      expiresAt
      connectLinkUrl
      flow {
        id
        status
      }
    }
    ... on Error {
      message
    }
  }
}

# Record that the connect page was opened: enter the flow's ID.
mutation OpenFlow {
  openFlow(input: { flowId: "" }) {
    __typename
    ... on OpenedFlow {
      flow {
        status
      }
    }
    ... on Error {
      message
    }
  }
}

# Confirm: enter the flow's ID and the ID of the new account.
mutation ConfirmConnection {
  confirmConnection(input: { flowId: "", accountId: "apn_" }) {
    __typename
    ... on ConfirmedConnection {
      account {
        id
        name
      }
      flow {
        status
      }
    }
    ... on Error {
      message
    }
  }
}

# Disconnect: enter the account's ID.
mutation DisconnectAccount {
  disconnectAccount(input: { accountId: "apn_" }) {
    __typename
    ... on DisconnectedAccount {
      accountId
    }
    ... on Error {
      message
    }
  }
}

# Operators only: metrics and the latest attempts.
query Operator {
  operator {
    ... on Operator {
      statistics(hours: 24) {
        ... on FlowStatistics {
          counts {
            started
            successRate
          }
          timeToConnect {
            p50Ms
            p90Ms
          }
        }
      }
      flows(first: 5) {
        ... on OperatorFlowConnection {
          nodes {
            supportCode
            externalUserId
            app
            status
            failedStep
            events {
              type
              at
              reason
            }
          }
        }
      }
    }
    ... on Error {
      message
    }
  }
}

# Operators only: preview of disconnecting a user's accounts.
mutation PlanDisconnection {
  planDisconnection(input: { externalUserId: "demo-user" }) {
    ... on DisconnectionPlan {
      count
      accounts {
        id
        app
      }
      confirmation
    }
    ... on Error {
      message
    }
  }
}

# An access token for the whole workspace: operators and
# services only (tick "Sign in as an operator").
mutation OAuthToken {
  oauthToken {
    __typename
    ... on OAuthToken {
      accessToken
      tokenType
      expiresAt
      scope
    }
    ... on Error {
      message
    }
  }
}
`
