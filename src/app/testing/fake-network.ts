import { FakeEnd, type Passage } from './fake-end';

/**
 * A network between the fake peer connections of several people in one page. It connects two ends whose descriptions name each
 * other, after a moment, as ICE does; sends no media; and costs almost nothing, so that races can be repeated often.
 */
export class FakeNetwork implements Passage {
  private readonly ends: FakeEnd[] = [];
  private readonly blocked = new Set<string>();
  private readonly lost: FakeEnd[] = [];
  private readonly slow = new Map<string, number>();

  /** @param random a number of 0…1, for each delay */
  constructor(private readonly random: () => number = Math.random) {}

  /** A peer connection of this person. */
  create(owner: string): RTCPeerConnection {
    const end = new FakeEnd(this, owner);
    this.ends.push(end);
    return end as unknown as RTCPeerConnection;
  }

  /** From now on nothing passes between two people, and no connection between them can be made. */
  simulateBlocked(a: string, b: string, blocked = true): void {
    for (const pair of [`${a} ${b}`, `${b} ${a}`])
      if (blocked) this.blocked.add(pair);
      else this.blocked.delete(pair);
    if (!blocked) this.look();
  }

  /** The pairs that are connected now, one entry for each connection. */
  get connected(): readonly string[] {
    const isUp = (end: FakeEnd | null) => end?.connectionState === 'connected';
    return this.ends
      .filter((end) => isUp(end) && isUp(end.other) && end.owner < end.other!.owner)
      .map((end) => `${end.owner}-${end.other!.owner}`)
      .sort();
  }

  /** Nothing of a person passes any more, without a sign. */
  simulateGone(owner: string): void {
    this.lost.push(...this.ends.filter((end) => end.owner === owner));
  }

  /** From now on, a person takes this long to set a description of another person, in ms. */
  simulateSlow(owner: string, author: string, time: number): void {
    this.slow.set(`${owner} ${author}`, time);
  }

  slowness(owner: string, fragment: string): Promise<void> {
    const author = this.ends.find((end) => end.fragment === fragment)?.owner;
    const time = this.slow.get(`${owner} ${author}`) ?? 0;
    return new Promise((resolve) => setTimeout(resolve, time));
  }

  /** Number of connections that a person has made so far. */
  madeBy(owner: string): number {
    return this.ends.filter((end) => end.owner === owner).length;
  }

  later(most: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.random() * most));
  }

  isGone(end: FakeEnd): boolean {
    return this.lost.includes(end);
  }

  passes(a: FakeEnd, b: FakeEnd): boolean {
    return (
      !this.isGone(a) &&
      !this.isGone(b) &&
      !a.closed &&
      !b.closed &&
      !this.blocked.has(`${a.owner} ${b.owner}`)
    );
  }

  /** Connects what can be connected. */
  look(): void {
    for (const one of this.ends) {
      const other = this.ends.find((end) => end !== one && one.fits(end));
      if (one.closed || !other || one.other === other) continue;
      one.other = other;
      other.other = one;
      for (const end of [one, other]) void end.simulateConnecting();
    }
  }
}
