import { noteError } from '../log/note';
import { DocumentsError, isRefusal } from '../firebase/documents';
import type { CallModeration } from '../signaling/call-moderation';
import type { CallRecord } from '../signaling/records';
import { isLive } from '../topology/seating';
import { SEATS, seatsFor } from './call-size';
import type { TurnedAway, Waiting } from './call-state';
import { candidates } from './host';
import type { Asked, ModerationRequest } from './moderating';
import type { VisitContext } from './visit-context';

/** Number of attempts to end a call that people keep joining. */
const END_TRIES = 3;

/** Carries out what pages ask of the host or the members. The rules decide who may. */
export class ModerationRequests {
  /** Whom this member has let in, until they knock again: news of a refusal may come later than that. */
  private readonly letIn = new Set<string>();

  /** The names of all guests who have knocked, by uid. */
  private readonly guests = new Map<string, string>();

  /**
   * @param changed tells this page and the other members that this member has changed the call
   */
  constructor(
    private readonly context: VisitContext,
    private readonly documents: CallModeration,
    private readonly changed: (call: CallRecord) => void,
  ) {}

  /** Never rejects. */
  async carryOut({ request, answer }: Asked): Promise<void> {
    try {
      await this.act(request);
      answer('done');
    } catch (error) {
      noteError('call', 'moderate', error);
      const isDecided = (request.to === 'admit' || request.to === 'refuse') && isRefusal(error);
      answer(isDecided ? 'decided' : 'failed');
      if (!isDecided) this.context.roster.tell({ type: 'notice', notice: { kind: 'unsaved' } });
    }
  }

  private async act(request: ModerationRequest): Promise<void> {
    const { roster, uid } = this.context;
    const { call, seats, host, self } = roster.now;
    if (!call) return;
    switch (request.to) {
      case 'set-door':
        await this.documents.setDoor(request.door, this.present());
        return this.changed({ ...call, door: request.door });
      case 'set-seats': {
        const wanted = this.allowedSeats(request.seats, call);
        await this.documents.setSeats(wanted);
        return this.changed({ ...call, seats: wanted });
      }
      case 'admit':
        return this.admit(request.id);
      case 'refuse': {
        const { id } = request;
        // Let in by another member a moment ago.
        if (seats.some((seat) => seat.uid === id)) throw new DocumentsError('conflict');
        const name = this.guests.get(id) ?? '';
        await this.documents.refuse(id, name);
        for (const { control, session } of roster.now.links)
          if (session !== null && session === host) control.send({ type: 'turned-down', id });
        return this.turnedAway({ id, name });
      }
      case 'admit-ahead':
        // Only the host can have removed that person, and may let them in again.
        if (call.door !== 'open' || call.host === uid) await this.admit(request.id);
        return;
      case 'remove': {
        const seat = seats.find(({ session }) => session === request.session);
        if (!seat) return;
        // A person may have a second window in the call. The host stays with this one.
        const further = seats.filter((one) => one !== seat && one.uid === seat.uid && one.uid !== uid);
        await this.documents.remove([seat, ...further]);
        this.turnedAway({ id: seat.uid, name: seat.card?.name ?? '' });
        // What the others offer to the next newcomer may have been answered by that person.
        return this.changed(roster.now.call ?? call);
      }
      case 'hand-over': {
        const seat = seats.find(({ session }) => session === request.session);
        if (!seat || seat.session === host) return;
        // Until now, this member was free to enter as the host.
        await this.documents.setHost(seat, call.door === 'open' ? [] : [uid]);
        return this.changed({ ...call, host: seat.uid, hostSeat: seat.number });
      }
      case 'mute':
        for (const { control, session } of roster.now.links) {
          if (session !== null && session !== self && (request.session ?? session) === session) {
            control.send({ type: 'mute' });
          }
        }
        return;
      case 'end':
        return this.end(END_TRIES);
    }
  }

  private async admit(id: string): Promise<void> {
    await this.documents.admit(id);
    this.letIn.add(id);
    this.context.roster.tell({ type: 'let-in', id });
  }

  /** Only the host may let such a person in again. The host's own second page, once removed, comes back by itself. */
  private turnedAway(person: TurnedAway): void {
    const { roster, uid } = this.context;
    if (roster.now.call?.host === uid && person.id !== uid) roster.tell({ type: 'turned-away', person });
  }

  /** Learns who was removed or refused before this member became the host, or before a reload. */
  async recall(): Promise<void> {
    const { call } = this.context.roster.now;
    if (!call) return;
    for (const { uid, name } of await this.documents.refused(call.createdAt))
      this.turnedAway({ id: uid, name });
  }

  heedKnock({ id, name }: Waiting): void {
    this.guests.set(id, name);
    this.letIn.delete(id);
  }

  /** Another member says that they refused a guest, which counts if this member has seen the guest knock. */
  heedRefusal(id: string): void {
    const name = this.guests.get(id);
    if (name !== undefined && !this.letIn.has(id)) this.turnedAway({ id, name });
  }

  /** Someone may take a seat between the commit and the news of it; then the rules refuse. */
  private async end(tries: number): Promise<void> {
    const { seats, call } = this.context.roster.now;
    try {
      await this.documents.end(seats, call!.seats);
    } catch (error) {
      if (tries === 1 || !isRefusal(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await this.end(tries - 1);
    }
  }

  /** The people who hold a seat, also those who are not heard at the moment. */
  private present(): readonly string[] {
    const { roster, now } = this.context;
    return roster.now.seats.filter((seat) => isLive(seat, now())).map(({ uid }) => uid);
  }

  private allowedSeats(wanted: number, { seats }: CallRecord): number {
    const fewest = seatsFor(candidates(this.context.roster.now, this.context.now()));
    return Math.min(Math.max(Math.trunc(wanted), fewest), Math.max(SEATS, seats));
  }
}
