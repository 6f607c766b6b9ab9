/** What this product calls itself, in its header, its title and its sentences. */
export const PRODUCT_NAME = 'Connected Accounts'
