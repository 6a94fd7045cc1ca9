/** Channels of files are known by the first part of their label. */
const PREFIX = 'file/';

/**
 * How far a sender may be ahead of what the receiver has written, bytes: a browser takes whatever arrives, so without this
 * a slow disk would fill its memory.
 */
export const WINDOW = 16 * 1024 * 1024;

/** The receiver says what it has after this many bytes. */
export const REPORT = 2 * 1024 * 1024;

/** The label names the transfer and the byte that the channel begins with. */
export const labelOf = (id: string, offset: number): string => `${PREFIX}${id}/${offset}`;

export const isFileChannel = ({ label }: RTCDataChannel): boolean => label.startsWith(PREFIX);
