import type { GivenFile } from '../../../files/outgoing';

/** The files that the person chose in a file input, with their folders. Empties the input, so that the same file can be chosen again. */
export function takeChosen(input: HTMLInputElement): readonly GivenFile[] {
  const files = [...(input.files ?? [])].map((file): GivenFile => ({
    file,
    path: file.webkitRelativePath.split('/').slice(0, -1).join('/'),
  }));
  input.value = '';
  return files;
}
