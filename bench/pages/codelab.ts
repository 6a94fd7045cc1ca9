/**
 * The flow of Google's codelab "Firebase + WebRTC" (github.com/webrtc/FirebaseRTC), rewritten with the modular SDK: one
 * document per room, one subcollection of candidates per side, one document per candidate. As in the original, the
 * first request to Firestore is sent when a button is pressed. Its public STUN servers are left out: no subject of the
 * benchmark has any.
 */
import { initializeApp } from 'firebase/app';
import {
  addDoc,
  collection,
  connectFirestoreEmulator,
  doc,
  getDoc,
  getFirestore,
  onSnapshot,
  setDoc,
  updateDoc,
  type CollectionReference,
} from 'firebase/firestore';

import { constraints, element, markFirstFrame } from './media';

const parameters = new URLSearchParams(location.search);
const database = getFirestore(initializeApp({ projectId: parameters.get('project')!, apiKey: 'demo' }));
connectFirestoreEmulator(database, location.hostname, Number(parameters.get('firestore')));

const localStream = new MediaStream();
const remoteStream = new MediaStream();
const button = (id: string) => element(`#${id}`, HTMLButtonElement);
const remoteVideo = element('#remote', HTMLVideoElement);
let connection: RTCPeerConnection | undefined;

button('open').onclick = async () => {
  const stream = await navigator.mediaDevices.getUserMedia(constraints);
  stream.getTracks().forEach((track) => localStream.addTrack(track));
  element('#local', HTMLVideoElement).srcObject = localStream;
  remoteVideo.srcObject = remoteStream;
  button('create').disabled = false;
  button('join').disabled = false;
};

button('create').onclick = async () => {
  const room = doc(collection(database, 'rooms'));
  connection = connect(collection(room, 'callerCandidates'));
  const offer = await connection.createOffer();
  await connection.setLocalDescription(offer);
  await setDoc(room, { offer: { type: offer.type, sdp: offer.sdp } });
  element('output', HTMLOutputElement).value = room.id;

  onSnapshot(room, (snapshot) => {
    const answer = snapshot.data()?.['answer'] as RTCSessionDescriptionInit | undefined;
    if (!connection?.currentRemoteDescription && answer) void connection?.setRemoteDescription(answer);
  });
  takeCandidates(connection, collection(room, 'calleeCandidates'));
};

button('join').onclick = async () => {
  performance.mark('bench:join');
  markFirstFrame(remoteVideo, 'bench:first-frame');
  const room = doc(database, 'rooms', element('#room', HTMLInputElement).value);
  const snapshot = await getDoc(room);
  if (!snapshot.exists()) throw new Error('There is no such room.');
  connection = connect(collection(room, 'calleeCandidates'));
  await connection.setRemoteDescription(snapshot.data()['offer'] as RTCSessionDescriptionInit);
  const answer = await connection.createAnswer();
  await connection.setLocalDescription(answer);
  await updateDoc(room, { answer: { type: answer.type, sdp: answer.sdp } });
  takeCandidates(connection, collection(room, 'callerCandidates'));
};

button('hang-up').onclick = () => {
  localStream.getTracks().forEach((track) => track.stop());
  connection?.close();
};

function connect(own: CollectionReference): RTCPeerConnection {
  const created = new RTCPeerConnection({ iceCandidatePoolSize: 10 });
  localStream.getTracks().forEach((track) => created.addTrack(track, localStream));
  created.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) void addDoc(own, candidate.toJSON());
  });
  created.addEventListener('track', ({ streams }) => {
    streams[0]?.getTracks().forEach((track) => remoteStream.addTrack(track));
  });
  return created;
}

function takeCandidates(to: RTCPeerConnection, theirs: CollectionReference): void {
  onSnapshot(theirs, (snapshot) => {
    snapshot.docChanges().forEach(({ type, doc: added }) => {
      if (type === 'added') void to.addIceCandidate(new RTCIceCandidate(added.data()));
    });
  });
}
