/** First part of a file channel's label. */
const PREFIX = 'file/';

/**
 * How far a sender may be ahead of what the receiver has written, in bytes: the receiving browser buffers all data that arrives, so
 * without this limit a slow disk would fill its memory.
 */
export const WINDOW = 16 * 1024 * 1024;

/** The receiver acknowledges after this many bytes. */
export const REPORT = 2 * 1024 * 1024;

/** The label contains the id of the transfer and the byte at which the channel begins. */
export const labelOf = (id: string, offset: number): string => `${PREFIX}${id}/${offset}`;

export const isFileChannel = ({ label }: RTCDataChannel): boolean => label.startsWith(PREFIX);
