/**
 * Why a link ended.
 *
 * - `failed`: the connection could not be made, or broke and did not recover
 * - `negotiation`: the descriptions don't fit
 * - `departed`: the peer said `bye`, was not heard for 30 s, or is not shown as a member
 * - `refused`: a description can't be used, because a browser refused it or it breaks docs/protocol.md
 */
export class LinkError extends Error {
  override readonly name = 'LinkError';

  constructor(
    readonly reason: 'failed' | 'negotiation' | 'departed' | 'refused',
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}
