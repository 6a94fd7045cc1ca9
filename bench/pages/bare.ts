/** One end of a bare pair: one connection that sends camera and microphone, and shows the other's. */
import type { Bare } from '../groups/pair';
import { constraints, element } from './media';

const stream = await navigator.mediaDevices.getUserMedia(constraints);
element('#own', HTMLVideoElement).srcObject = stream;
const connection = new RTCPeerConnection();
for (const track of stream.getTracks()) connection.addTrack(track, stream);
connection.ontrack = ({ streams }) => (element('#peer', HTMLVideoElement).srcObject = streams[0] ?? null);

/** Sets the own description. Resolves to it once all candidates are in it. */
async function described(): Promise<string> {
  await connection.setLocalDescription();
  if (connection.iceGatheringState !== 'complete') {
    await new Promise<void>((resolve) => {
      connection.onicegatheringstatechange = () => {
        if (connection.iceGatheringState === 'complete') resolve();
      };
    });
  }
  return connection.localDescription!.sdp;
}

const bare: Bare = {
  offer: described,
  answer: async (sdp) => {
    await connection.setRemoteDescription({ type: 'offer', sdp });
    return described();
  },
  accept: (sdp) => connection.setRemoteDescription({ type: 'answer', sdp }),
};
Object.assign(globalThis, bare);
