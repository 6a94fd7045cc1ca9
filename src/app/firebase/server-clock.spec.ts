import { ServerClock } from './server-clock';

const SERVER = Date.UTC(2026, 10, 23, 9);
const MINUTE = 60_000;

describe('ServerClock', () => {
  let monotonic: number;
  let wall: number;
  let clock: ServerClock;

  beforeEach(() => {
    monotonic = 1_000;
    wall = SERVER + 10 * MINUTE;
    clock = new ServerClock(
      () => monotonic,
      () => wall,
    );
  });

  const pass = (ms: number) => {
    monotonic += ms;
    wall += ms;
  };

  it('is the device’s own clock until a response reveals the time, then the server’s', () => {
    expect(clock.now()).toBe(SERVER + 10 * MINUTE);
    expect(clock.isSure).toBeFalse();
    const started = clock.start();
    pass(80);
    clock.learn(SERVER, started);
    expect(clock.now()).toBe(SERVER + 40);
    expect(clock.isSure).toBeTrue();
  });

  it('does not move when the device’s wall clock steps', () => {
    clock.learn(SERVER, clock.start());
    pass(5_000);
    wall -= 60 * MINUTE;
    expect(clock.now()).toBe(SERVER + 5_000);
    // The same is seen when the monotonic clock stopped during sleep.
    expect(clock.isSure).toBeFalse();
    clock.learn(SERVER + 5_000, clock.start());
    expect(clock.isSure).toBeTrue();
  });

  it('ignores values that are not a time', () => {
    clock.learn(Date.parse('yesterday'), clock.start());
    clock.learnRoughly(null, clock.start());
    expect(clock.isSure).toBeFalse();
  });

  it('uses whole seconds only where the clock is off by more', () => {
    const header = new Date(SERVER).toUTCString();
    clock.learnRoughly(header, clock.start());
    expect(clock.now()).toBe(SERVER + 500);
    clock.learn(SERVER + 900, clock.start());
    clock.learnRoughly(header, clock.start());
    expect(clock.now()).toBe(SERVER + 900);
    clock.learnRoughly(new Date(SERVER + MINUTE).toUTCString(), clock.start());
    expect(clock.now()).toBe(SERVER + MINUTE + 500);
  });
});
