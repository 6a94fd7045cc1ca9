import type { LinkStatistics, StreamStatistics } from '../../../call/call-statistics';

/** Shown for an unknown figure. */
export const unknown = '–';

/** Formats figures in a language (BCP 47 tag); `–` for unknown ones. */
export class Figures {
  private readonly whole: Intl.NumberFormat;
  private readonly tenths: Intl.NumberFormat;
  private readonly share: Intl.NumberFormat;

  constructor(tag: string) {
    this.whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
    this.tenths = new Intl.NumberFormat(tag, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
    this.share = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
  }

  /** Takes bit/s. */
  bitRate(rate: number | null): string {
    if (rate === null) return unknown;
    return rate >= 1e6
      ? `${this.tenths.format(rate / 1e6)} Mbit/s`
      : `${this.whole.format(rate / 1e3)} kbit/s`;
  }

  /** Takes ms. */
  time(time: number | null): string {
    return time === null ? unknown : `${this.whole.format(time)} ms`;
  }

  /** Takes 0…1. */
  loss(share: number | null): string {
    return share === null ? unknown : this.share.format(share);
  }

  /** Takes frames per second. */
  frameRate(rate: number | null): string {
    return rate === null ? unknown : this.whole.format(rate);
  }

  count(number: number | null): string {
    return number === null ? unknown : this.whole.format(number);
  }

  resolution(stream: StreamStatistics | null): string {
    return stream?.width && stream.height ? `${stream.width} × ${stream.height}` : unknown;
  }
}

/** `video/VP9` → `VP9`. */
export const codecName = (type: string | null | undefined): string =>
  type?.slice(type.indexOf('/') + 1) ?? unknown;

/** Audio and video of one direction together, in bit/s; `null` while neither is known. */
export const totalBitRate = ({ audio, video }: LinkStatistics['sent']): number | null =>
  audio?.bitRate == null && video?.bitRate == null ? null : (audio?.bitRate ?? 0) + (video?.bitRate ?? 0);

/** Adds up what is known; `null` while nothing is. */
export const sumOf = (rates: readonly (number | null)[]): number | null => {
  const known = rates.filter((rate) => rate !== null);
  return known.length > 0 ? known.reduce((sum, rate) => sum + rate, 0) : null;
};

/** Adds a moment to `history` and keeps the last minute, which the plots show. */
export const remember = (
  history: readonly LinkStatistics[],
  moment: LinkStatistics,
): readonly LinkStatistics[] => [...history, moment].filter(({ at }) => at > moment.at - 60_000);
