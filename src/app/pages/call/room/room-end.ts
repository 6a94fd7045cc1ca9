import { DestroyRef, inject, Injectable } from '@angular/core';

/** The end of a room, which takes along the passing messages that make sense only in a call. One for each room. */
@Injectable()
export class RoomEnd {
  private readonly ending = new AbortController();

  /** Aborts when the room goes. */
  readonly signal = this.ending.signal;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.ending.abort());
  }
}
