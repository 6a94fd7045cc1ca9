import { stageLayout } from '../layout/stage-layout';
import type { Corner } from '../layout/stage-mode';
import type { Picture } from './compositor';

/** A member as a recording shows them. */
export interface RecordedMember {
  /** Name to show. */
  readonly name: string;
  /** Their sound, if there is any, and their video. */
  readonly stream: MediaStream | null;
  /** Whether their video is shown. */
  readonly pictured: boolean;
  /** Whether their video is shown whole, with bands, or fills its tile. */
  readonly whole: boolean;
}

/** Who and what a recording shows, and what is heard in it. */
export interface RecordedCall {
  /** This member; their own sound is `microphone`. */
  readonly own: RecordedMember;
  readonly others: readonly RecordedMember[];
  readonly screens: readonly { readonly name: string; readonly stream: MediaStream }[];
  /** Where this member's small picture is in a call of two. */
  readonly corner: Corner;
  /** This member's sound; null while it is off. */
  readonly microphone: MediaStreamTrack | null;
}

/** Aspect ratio of a small picture whose video is missing, width to height. */
const USUAL = 4 / 3;

const shown = ({ stream, pictured }: RecordedMember) => (pictured ? stream : null);

/**
 * The pictures of a recording of the given size, in px, laid out like the stage: screens, the other members, this member.
 *
 * @param ratioOf aspect ratio of a stream's video, width to height; null while unknown
 */
export const callPictures = (
  { own, others, screens, corner }: RecordedCall,
  width: number,
  height: number,
  ratioOf: (stream: MediaStream) => number | null,
): readonly Picture[] => {
  const mine = shown(own);
  const ratio = (mine && ratioOf(mine)) ?? USUAL;
  const on = { others: others.length, screens: screens.length, corner, ratio };
  const boxes = stageLayout(on, width, height);
  const members = [...others, own].map((member, index): Picture => ({
    stream: shown(member),
    name: member.name,
    box: boxes.others[index] ?? boxes.own,
    fit: member.whole ? 'whole' : 'fill',
  }));
  const shared = screens.map(({ name, stream }, index): Picture => ({
    stream,
    name,
    box: boxes.screens[index] ?? boxes.own,
    fit: 'whole',
  }));
  return [...shared, ...members];
};

/** The sounds of a recording: everyone's, those of the screens, and this member's own. */
export const callSounds = ({ others, screens, microphone }: RecordedCall): readonly MediaStreamTrack[] => [
  ...[...others, ...screens].flatMap(({ stream }) => stream?.getAudioTracks() ?? []),
  ...(microphone ? [microphone] : []),
];
