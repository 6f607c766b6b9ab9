/** Deletions answer 204, without a body. */
export function readNothing(): void {}
