/**
 * Whether a path to the peer exists but DTLS (RFC 8827, section 6.5) doesn't complete on it: the handshake has failed, or
 * ICE is connected and the handshake is still in progress. Checked when connecting fails or takes long, so that the
 * network isn't blamed for an incompatibility between two programs.
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
