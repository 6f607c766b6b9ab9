import { BlockList, isIP } from 'node:net'

/**
 * Returns a function that says whether an address is this machine's, or in one of the blocks: addresses, or `10.0.0.0/8` and
 * the like.
 */
export function createTrustedPeers(
  blocks: readonly string[],
): (address: string | undefined) => boolean {
  const list = new BlockList()
  for (const block of ['127.0.0.0/8', '::1', ...blocks]) {
    const [address = '', length] = block.split('/')
    if (length === undefined) list.addAddress(address, familyOf(address))
    else list.addSubnet(address, Number(length), familyOf(address))
  }
  return (address) =>
    address !== undefined && isIP(address) !== 0 && list.check(address, familyOf(address))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
