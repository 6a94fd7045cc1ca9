/**
 * Whether the way to the other side is there and DTLS (RFC 8827, section 6.5) does not get through it: it has failed, or ICE is
 * connected and the handshake is still under way. Asked when connecting has failed or takes long, so that a network is not
 * blamed for what two programs don't agree about.
 */
export function isHandshakeStuck(connection: RTCPeerConnection): boolean {
  if (dtlsStates(connection).includes('failed')) return true;
  const reached = ['connected', 'completed'].includes(connection.iceConnectionState);
  return reached && connection.connectionState !== 'connected';
}

function dtlsStates(connection: RTCPeerConnection): readonly (RTCDtlsTransportState | undefined)[] {
  const senders = connection.getSenders().map(({ transport }) => transport?.state);
  return [connection.sctp?.transport.state, ...senders];
}
