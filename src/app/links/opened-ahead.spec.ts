import { newCode } from '../signaling/code';
import { LivePerson } from '../testing/live-person';
import { MemoryDatabase } from '../testing/memory-documents';
import type { Member } from '../call/call-state';

const connected = ({ status }: Member) => status === 'connected';

/** A call that a ring invites a person into: prepared while it rings, joined under their name in the lobby. */
describe('LiveCall, opened ahead or with a name', () => {
  let database: MemoryDatabase;
  let code: string;
  let people: LivePerson[];

  const person = (uid: string) => {
    const created = new LivePerson(database, uid);
    people.push(created);
    return created;
  };
  const started = async () => {
    const ada = person('a');
    ada.call.open(code, 'new', 'Ada');
    await ada.phase('seated');
    return ada;
  };
  const seats = () => [...database.contents.keys()].filter((path) => /seats\/\d+$/.test(path)).length;

  beforeEach(() => {
    sessionStorage.clear();
    database = new MemoryDatabase();
    code = newCode();
    people = [];
  });
  afterEach(() => {
    for (const each of people) each.goAway();
  });

  it('joins at once under the name given to it', async () => {
    const ada = await started();
    const ben = person('b');
    ben.call.open(code, 'join', 'Ben');
    expect((await ada.member(connected)).name).toBe('Ben');
    expect(ben.states.map(({ phase }) => phase)).not.toContain('prejoin');
  });

  it('leaves it to the caller to create the call, and to be its host', async () => {
    const ben = person('b');
    ben.call.open(code, 'join', 'Ben');
    await ben.phase('joining');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(seats()).toBe(0);
    const ada = person('a');
    ada.call.open(code, 'new', 'Ada');
    await Promise.all([ada.member(connected), ben.member(connected)]);
    expect([ada, ben].map(({ states }) => states.at(-1))).toEqual([
      jasmine.objectContaining({ phase: 'seated', isHost: true }),
      jasmine.objectContaining({ phase: 'seated', isHost: false }),
    ]);
  });

  it('leaves it to the caller also when it was prepared', async () => {
    const ben = person('b');
    ben.call.openAhead(code, 'Ben');
    await ben.phase('absent');
    ben.call.open(code, 'join', 'Ben');
    const ada = person('a');
    ada.call.open(code, 'new', 'Ada');
    await Promise.all([ada.member(connected), ben.member(connected)]);
    expect(ada.states.at(-1)).toEqual(jasmine.objectContaining({ phase: 'seated', isHost: true }));
  });

  it('asks for a name where none is given', async () => {
    await started();
    const ben = person('b');
    ben.call.open(code, 'join', null);
    await ben.phase('prejoin');
    expect(seats()).toBe(1);
  });

  it('takes no seat while it is only prepared', async () => {
    await started();
    const ben = person('b');
    ben.call.openAhead(code);
    await ben.phase('prejoin');
    expect(seats()).toBe(1);
  });

  it('opens no device while it is only prepared, and the enabled ones afterwards', async () => {
    const ada = await started();
    const ben = person('b');
    const context = new AudioContext();
    const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
    try {
      ben.media.simulateOn('microphone', track!);
      ben.call.openAhead(code);
      await ben.phase('prejoin');
      expect(ben.media.held('microphone')).toBe(false);
      ben.call.open(code, 'join', 'Ben');
      await ada.member(connected);
      expect(ben.media.held('microphone')).toBe(true);
    } finally {
      await context.close();
    }
  });

  it('continues with what was prepared when it is opened with a name', async () => {
    const ada = await started();
    const ben = person('b');
    ben.call.openAhead(code);
    await ben.phase('prejoin');
    const before = ben.states.length;
    ben.call.open(code, 'join', 'Ben');
    expect((await ada.member(connected)).name).toBe('Ben');
    expect(ben.states.slice(before).map(({ phase }) => phase)).not.toContain('opening');
  });

  it('joins when it is opened before the preparation is complete', async () => {
    const ada = await started();
    const ben = person('b');
    ben.call.openAhead(code);
    ben.call.open(code, 'join', 'Ben');
    expect((await ada.member(connected)).name).toBe('Ben');
  });

  it('starts the call if the caller has not done so yet', async () => {
    const ben = person('b');
    ben.call.openAhead(code);
    await ben.phase('absent');
    ben.call.open(code, 'join', 'Ben');
    await ben.phase('seated');
    const ada = await started();
    expect((await ada.member(connected)).name).toBe('Ben');
  });

  it('opens a different call than the prepared one', async () => {
    const ada = await started();
    const ben = person('b');
    ben.call.openAhead(newCode());
    await ben.phase('absent');
    ben.call.open(code, 'join', 'Ben');
    expect((await ada.member(connected)).name).toBe('Ben');
  });

  it('leaves nothing behind when it is abandoned', async () => {
    await started();
    const paths = [...database.contents.keys()];
    const ben = person('b');
    ben.call.openAhead(code);
    await ben.phase('prejoin');
    ben.goAway();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([...database.contents.keys()]).toEqual(paths);
  });
});
