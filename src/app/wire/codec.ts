/** A message between two members. Its type says which feature it belongs to. */
export interface Message {
  readonly type: string;
}

/** A message as it arrived: a JSON object with a type. Nothing else about it is known. */
export type RawMessage = Message & Readonly<Record<string, unknown>>;

/**
 * How the messages of a feature are read: for each type, a function that checks the fields and returns those it knows, or
 * null when they are not valid. Fields that the function doesn't return get no further.
 */
export type Codec<M extends Message> = {
  readonly [T in M['type']]: (fields: RawMessage) => Omit<Extract<M, { readonly type: T }>, 'type'> | null;
};

/** Whether the codec is for messages of this type. */
export const reads = <M extends Message>(codec: Codec<M>, { type }: Message): boolean =>
  Object.hasOwn(codec, type);

/** Reads a message of one of the codec's types. Returns null when it is not valid; never throws. */
export function readMessage<M extends Message>(codec: Codec<M>, raw: RawMessage): M | null {
  const type = raw.type as M['type'];
  const fields = codec[type](raw);
  return fields && ({ type, ...fields } as unknown as M);
}
