import { graphql } from '../../graphql.ts'
import { DisconnectButton_account } from '../DisconnectButton.tsx'

/** What `HeldAccount` shows. Apart from it, so that a page without held accounts doesn't load its code. */
export const HeldAccount_account = graphql(
  `
    fragment HeldAccount_account on Account {
      id
      name
      createdAt
      heldFlowId
      heldReason
      heldSupportCode
      canKeep
      app {
        slug
        name
      }
      ...DisconnectButton_account
    }
  `,
  [DisconnectButton_account],
)
