import type { BehaviorSubject } from 'rxjs';

import { Call } from './call';
import type { Door } from './call-state';
import type { Visit } from './visit';

/** The part of a call that the host and the members decide: who may enter, who is removed, who is the host. */
export abstract class ModeratedCall extends Call {
  protected abstract readonly visit$: BehaviorSubject<Visit | null>;

  setDoor(door: Door): void {
    this.visit$.value?.setOpen(door === 'open');
  }

  remove(session: string): void {
    this.visit$.value?.remove(session);
  }

  setSeats(): void {}

  admit(): void {}

  refuse(): void {}

  admitAhead(): Promise<boolean> {
    return Promise.resolve(false);
  }

  handOver(): void {}

  end(): void {}

  askToMute(): void {}
}
