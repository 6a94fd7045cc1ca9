import type { Fields, Write } from '../firebase/documents';

type Contents = ReadonlyMap<string, Fields>;

/**
 * Whether firestore.rules refuse a write, as far as the app depends on it: who may take, empty and enter a seat, who is the
 * host, what becomes of guests, and that there is one provisional answer.
 *
 * @param writes the whole commit
 */
export function isForbidden(
  write: Write,
  writes: readonly Write[],
  before: Contents,
  uid: string,
  now: Date,
): boolean {
  const [, callPath = '', kind, id = '', link] = PATH.exec(write.path) ?? [];
  const call = before.get(callPath);
  const held = before.get(write.path);
  const place: Place = { callPath, call, before, uid, now };
  if (link !== undefined) return isSecondProvisional(write, held);
  if (kind === 'seats') return isForeignSeat(write, Number(id), held, place);
  if (kind === 'guests') return isForeignGuest(write, id, held, place);
  return callPath !== '' && call !== undefined && isForeignCall(write, writes, call, place);
}

/** Whether the rules let this user list a collection: offers at a free seat are for those who may enter. */
export function mayList(path: string, before: Contents, uid: string): boolean {
  const [, callPath = '', n] = /^(calls\/[^/]+)\/seats\/([^/]+)\/links$/.exec(path) ?? [];
  if (n === undefined) return true;
  const place: Place = { callPath, call: before.get(callPath), before, uid, now: new Date() };
  const seat = before.get(`${callPath}/seats/${n}`);
  return isLeased(seat, place.now) ? seat?.['uid'] === uid : mayEnter(place);
}

const PATH = /^(calls\/[^/]+)(?:\/(seats|guests)\/([^/]+)(\/links\/[^/]+)?)?$/;

interface Place {
  readonly callPath: string;
  readonly call: Fields | undefined;
  readonly before: Contents;
  readonly uid: string;
  readonly now: Date;
}

const isLeased = (seat: Fields | undefined, now: Date): boolean =>
  seat !== undefined && (seat['lease'] as Date) > now;

const hostOf = (call: Fields | undefined) => call?.['host'] ?? call?.['createdBy'];

const isIn = (guest: Fields | undefined, state: string, call: Fields | undefined): boolean =>
  guest?.['state'] === state && (guest['at'] as Date) >= (call?.['createdAt'] as Date);

function mayEnter({ callPath, call, before, uid }: Place): boolean {
  if (!call || hostOf(call) === uid) return true;
  const guest = before.get(`${callPath}/guests/${uid}`);
  return call['open'] === true ? !isIn(guest, 'refused', call) : isIn(guest, 'admitted', call);
}

function isForeignSeat(write: Write, number: number, held: Fields | undefined, place: Place): boolean {
  const { call, uid, now } = place;
  const isOwn = held?.['uid'] === uid;
  if (write.kind === 'delete') return held !== undefined && !isOwn && hostOf(call) !== uid;
  if (isLeased(held, now)) return !isOwn;
  return call !== undefined && (!mayEnter(place) || number >= Number(call['seats']));
}

function isForeignGuest(write: Write, guest: string, held: Fields | undefined, place: Place): boolean {
  const { callPath, call, before, uid, now } = place;
  if (write.kind === 'delete') return guest !== uid || isIn(held, 'refused', call);
  const { state, by } = write.fields as Fields;
  if (state === 'waiting') {
    const isDecided = isIn(held, 'refused', call) || isIn(held, 'admitted', call);
    return guest !== uid || call?.['ask'] !== true || isDecided;
  }
  const seat = before.get(`${callPath}/seats/${Number(by)}`);
  if (!isLeased(seat, now) || seat?.['uid'] !== uid) return true;
  if (hostOf(call) === uid) return false;
  return state === 'admitted' ? isIn(held, 'refused', call) : !isIn(held, 'waiting', call);
}

function isForeignCall(
  write: Write,
  writes: readonly Write[],
  call: Fields,
  { callPath, before, uid, now }: Place,
): boolean {
  const seatAfter = (n: unknown) => {
    const path = `${callPath}/seats/${String(n)}`;
    return writes.some((other) => other.kind === 'delete' && other.path === path)
      ? undefined
      : before.get(path);
  };
  const isHeldBy = (n: unknown, holder: unknown) => {
    const seat = seatAfter(n);
    return isLeased(seat, now) && seat?.['uid'] === holder;
  };
  if (write.kind === 'delete') {
    return Array.from({ length: 8 }, (_, n) => seatAfter(n)).some((seat) => isLeased(seat, now));
  }
  // Another call under the same code: the precondition decides.
  if (write.kind === 'set') return false;
  const { host = hostOf(call), hostSeat = call['hostSeat'] ?? 0, ...others } = write.fields as Fields;
  if (hostOf(call) === uid) return 'host' in write.fields && !isHeldBy(hostSeat, host);
  const isClaim = host === uid && isHeldBy(hostSeat, uid) && Object.keys(others).length === 0;
  return !isClaim || isHeldBy(call['hostSeat'] ?? 0, hostOf(call));
}

const isSecondProvisional = (write: Write, held: Fields | undefined): boolean =>
  write.kind === 'update' && write.fields['pranswer'] instanceof Uint8Array && held?.['pranswer'] !== null;
