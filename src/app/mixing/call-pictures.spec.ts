import { crowdLayout } from '../layout/crowd-layout';
import { callPictures, callSounds, type RecordedCall, type RecordedMember } from './call-pictures';

const [width, height] = [1280, 720];

const member = (name: string, change: Partial<RecordedMember> = {}): RecordedMember => ({
  name,
  stream: new MediaStream(),
  pictured: true,
  whole: false,
  ...change,
});
const names = ['Ann', 'Bob', 'Cem', 'Dana', 'Eve', 'Fay', 'Gus'];
const call = (others: number, change: Partial<RecordedCall> = {}): RecordedCall => ({
  own: member('Kim (you)'),
  others: names.slice(0, others).map((name) => member(name)),
  screens: [],
  corner: 'bottom-end',
  microphone: null,
  ...change,
});
const pictures = (now: RecordedCall, ratio: number | null = null) =>
  callPictures(now, width, height, () => ratio);

describe('callPictures', () => {
  for (let others = 0; others <= 7; others++) {
    for (const screens of [0, 1, 2]) {
      it(`names ${others} others, this member, and ${screens} screens`, () => {
        const shared = ['Ann’s screen', 'Bob’s screen']
          .slice(0, screens)
          .map((name) => ({ name, stream: new MediaStream() }));
        const shown = pictures(call(others, { screens: shared }));
        expect(shown.map(({ name }) => name)).toEqual([
          ...shared.map(({ name }) => name),
          ...names.slice(0, others),
          'Kim (you)',
        ]);
        expect(new Set(shown.map(({ box }) => `${box.x} ${box.y}`)).size).toBe(shown.length);
      });
    }
  }

  it('shows eight as equals, as on a stage that is large enough, with no cell empty', () => {
    const boxes = pictures(call(7)).map(({ box }) => box);
    const on = { large: null, tiles: names, own: 'Kim' };
    const { boxes: onStage } = crowdLayout(on, 0, width, height);
    expect(boxes).toEqual([...onStage.values()]);
    for (const top of new Set(boxes.map(({ y }) => y))) {
      const row = boxes.filter(({ y }) => y === top);
      expect(row[0]!.x).toBeCloseTo(width - row.at(-1)!.x - row.at(-1)!.width);
    }
  });

  it('makes a screen larger than all members together, and shows it whole', () => {
    const screen = { name: 'Ann’s screen', stream: new MediaStream() };
    const [first, ...members] = pictures(call(7, { screens: [screen] }));
    const area = ({ box }: { readonly box: { readonly width: number; readonly height: number } }) =>
      box.width * box.height;
    expect(first).toEqual(jasmine.objectContaining({ stream: screen.stream, fit: 'whole' }));
    expect(area(first!)).toBeGreaterThan(members.reduce((sum, each) => sum + area(each), 0));
  });

  it('keeps the video of a member without a picture out', () => {
    const hidden = call(1, { own: member('Kim (you)', { pictured: false }) });
    expect(pictures(hidden).map(({ stream }) => stream)).toEqual([hidden.others[0]!.stream, null]);
  });

  it('fills tiles, except those whose picture the person wants to see whole', () => {
    const now = call(0, { others: [member('Ann', { whole: true }), member('Bob')] });
    expect(pictures(now).map(({ fit }) => fit)).toEqual(['whole', 'fill', 'fill']);
  });

  it('gives the small picture the shape of the camera, in its corner', () => {
    const shape = (now: RecordedCall, ratio: number | null) => {
      const { box } = pictures(now, ratio).at(-1)!;
      return box.width / box.height;
    };
    expect(shape(call(1), 16 / 9)).toBeCloseTo(16 / 9);
    expect(shape(call(1), null)).toBeCloseTo(4 / 3);
    expect(shape(call(1, { own: member('Kim (you)', { pictured: false }) }), 16 / 9)).toBeCloseTo(4 / 3);
    expect(pictures(call(1, { corner: 'top-start' })).at(-1)!.box).toEqual(
      jasmine.objectContaining({ x: 8, y: 8 }),
    );
  });
});

describe('callSounds', () => {
  it('is everyone’s sound, that of the screens, and this member’s own', async () => {
    const context = new AudioContext();
    const sound = () => context.createMediaStreamDestination().stream;
    const [ann, bob, screen, own] = [sound(), sound(), sound(), sound()];
    const [microphone] = own.getAudioTracks();
    const now = call(0, {
      // Members are heard without a picture too.
      others: [
        member('Ann', { stream: ann }),
        member('Bob', { stream: bob, pictured: false }),
        member('Cem', { stream: null }),
      ],
      screens: [{ name: 'Ann’s screen', stream: screen }],
      microphone: microphone!,
    });
    expect(callSounds(now)).toEqual([
      ...[ann, bob, screen].flatMap((each) => each.getAudioTracks()),
      microphone!,
    ]);
    expect(callSounds({ ...now, microphone: null }).length).toBe(3);
    await context.close();
  });
});
