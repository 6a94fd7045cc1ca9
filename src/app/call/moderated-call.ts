import type { BehaviorSubject } from 'rxjs';

import { Call } from './call';
import type { Door, Outcome } from './call-state';
import type { ModerationRequest } from './moderating';
import type { Visit } from './visit';

/** The part of a call that the host and the members decide: who may enter, who is removed, who is the host. */
export abstract class ModeratedCall extends Call {
  protected abstract readonly visit$: BehaviorSubject<Visit | null>;

  setDoor(door: Door): void {
    void this.moderate({ to: 'set-door', door });
  }

  setSeats(seats: number): void {
    void this.moderate({ to: 'set-seats', seats });
  }

  admit(id: string): Promise<Outcome> {
    return this.moderate({ to: 'admit', id });
  }

  refuse(id: string): Promise<Outcome> {
    return this.moderate({ to: 'refuse', id });
  }

  async admitAhead(id: string): Promise<boolean> {
    return (await this.moderate({ to: 'admit-ahead', id })) === 'done';
  }

  remove(session: string): void {
    void this.moderate({ to: 'remove', session });
  }

  handOver(session: string): void {
    void this.moderate({ to: 'hand-over', session });
  }

  end(): void {
    void this.moderate({ to: 'end' }).then((outcome) => {
      if (outcome === 'done') this.leave();
    });
  }

  askToMute(session: string | null): void {
    void this.moderate({ to: 'mute', session });
  }

  private async moderate(request: ModerationRequest): Promise<Outcome> {
    return (await this.visit$.value?.moderate(request)) ?? 'failed';
  }
}
