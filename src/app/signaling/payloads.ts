import { Candidates, Description, readCandidateList } from '../rtc/description';
import { withoutCandidates } from '../rtc/local-description';
import { cleanPersonName, MAX_NAME } from '../text/person-name';
import { plainLine } from '../text/plain-text';

/** What a member shows the other members of the call. */
export interface Card {
  /** Sanitized, at most 64 characters; empty when there is none. */
  readonly name: string;
}

/** A description and the `session` of the member that made it. */
export interface MemberDescription extends Description {
  readonly session: string;
  /** Set on the offer that renegotiates a connection and on its answer, not on the first ones. */
  readonly id?: string;
}

/**
 * A provisional answer (RFC 8829, section 4.1.10.1): the callee publishes it before accepting, so that the connection
 * comes up as soon as they press Accept. It contains no candidate and no address.
 */
export interface ProvisionalAnswer extends MemberDescription, Card {}

/** An invalid value from outside. The message names the place, never the content. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
}

const MAX_SDP = 128 * 1024;
const MAX_ID = 32;
const SESSION = /^[0-9a-hjkmnp-tv-z]{16}$/;

type Fields = Readonly<Record<string, unknown>>;

export function readCard(value: unknown): Card {
  return { name: cleanPersonName(text(fields(value, 'card'), 'name', MAX_NAME * 4)) };
}

/**
 * One line of text from outside, sanitized for display and cut to `most` characters.
 *
 * @throws PayloadError when the text is missing or more than four times that length
 */
export function shortText(value: unknown, place: string, key: string, most: number): string {
  return [...plainLine(text(fields(value, place), key, most * 4))].slice(0, most).join('');
}

export function readDescription(value: unknown): MemberDescription {
  const from = fields(value, 'description');
  const session = text(from, 'session', 16);
  if (!SESSION.test(session)) {
    throw new PayloadError('description.session');
  }
  const id = from['id'] === undefined ? {} : { id: text(from, 'id', MAX_ID) };
  return { session, sdp: text(from, 'sdp', MAX_SDP), ...id, ...readCandidates(from) };
}

/** Drops all candidates: nothing may be sent to a callee who has not accepted. */
export function readProvisionalAnswer(value: unknown): ProvisionalAnswer {
  const description = readDescription(value);
  const sdp = withoutCandidates(description.sdp);
  return { ...description, sdp, ...readCard(value), candidates: [], complete: false };
}

export function readCandidates(value: unknown): Candidates {
  const { candidates, complete } = fields(value, 'candidates');
  const read = readCandidateList(candidates);
  if (!read || typeof complete !== 'boolean') {
    throw new PayloadError('candidates');
  }
  return { candidates: read, complete };
}

function fields(value: unknown, place: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PayloadError(place);
  }
  return value as Fields;
}

function text(from: Fields, key: string, limit: number): string {
  const value = from[key];
  if (typeof value !== 'string' || value.length > limit) {
    throw new PayloadError(key);
  }
  return value;
}
