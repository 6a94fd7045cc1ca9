/**
 * The lower bound: two connections in one page, which exchange signals directly. The camera is open and both
 * connections exist; from the first step of negotiation to the answerer's first frame, only the browser takes time.
 */
import { constraints, element, markFirstFrame } from './media';

const stream = await navigator.mediaDevices.getUserMedia(constraints);
const near = new RTCPeerConnection();
const far = new RTCPeerConnection();
for (const track of stream.getTracks()) {
  near.addTrack(track, stream);
  far.addTrack(track, stream);
}
near.ontrack = ({ streams }) => (element('#near', HTMLVideoElement).srcObject = streams[0] ?? null);
far.ontrack = ({ streams }) => (element('#far', HTMLVideoElement).srcObject = streams[0] ?? null);
near.onicecandidate = ({ candidate }) => void far.addIceCandidate(candidate ?? undefined);
far.onicecandidate = ({ candidate }) => void near.addIceCandidate(candidate ?? undefined);

const button = element('button', HTMLButtonElement);
button.onclick = async () => {
  markFirstFrame(element('#far', HTMLVideoElement), 'bench:first-frame');
  performance.mark('bench:join');
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription!);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription!);
};
button.disabled = false;
