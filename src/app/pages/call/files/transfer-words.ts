import { inject } from '@angular/core';

import type { Transfer } from '../../../files/transfer';
import { callTexts } from '../../../i18n/call';
import { filesTexts } from '../../../i18n/files';
import { I18n, injectTexts } from '../../../i18n/i18n';
import { byteWords, timeWords } from './byte-words';

/** Words for files and their transfers, in the present language. Must be called in an injection context. */
export function injectTransferWords() {
  const t = injectTexts(filesTexts);
  const callT = injectTexts(callTexts);
  const i18n = inject(I18n);
  const bytesOf = (bytes: number) => byteWords(bytes, i18n.tag());
  const percentOf = (share: number) =>
    new Intl.NumberFormat(i18n.tag(), { style: 'percent', maximumFractionDigits: 0 }).format(share);

  const nameOf = ({ name }: Transfer) => name || callT('guest');

  /** @param rate in bytes/s; null while unknown */
  const status = (transfer: Transfer, rate: number | null): string => {
    const { direction, file, state } = transfer;
    const name = nameOf(transfer);
    switch (state.phase) {
      case 'offered':
        return direction === 'out' ? t('files.unanswered') : '';
      case 'waiting':
        return t('files.waiting');
      case 'paused':
        return t('files.paused', { bytes: bytesOf(state.bytes) });
      case 'running': {
        const [bytes, size] = [bytesOf(state.bytes), bytesOf(file.size)];
        if (!rate) return t('files.running', { bytes, size });
        const time = timeWords((file.size - state.bytes) / rate, i18n.tag());
        return t('files.rate', { bytes, size, rate: bytesOf(rate), time });
      }
      case 'done':
        return t(`files.done.${direction}`);
      case 'ended': {
        const { reason } = state;
        if (reason === 'declined' || reason === 'tampered') {
          return t(`files.ended.${reason}.${direction}`, { name });
        }
        return t(`files.ended.${reason}`, { name });
      }
    }
  };

  /** The same where the receiver's name stands beside it. */
  const briefStatus = (transfer: Transfer): string => {
    const { state, file } = transfer;
    if (state.phase === 'running') return percentOf(shareOf(state.bytes, file.size));
    if (state.phase !== 'ended') return status(transfer, null);
    switch (state.reason) {
      case 'declined':
      case 'tampered':
        return t(`files.ended.${state.reason}.in`);
      case 'cancelledThere':
      case 'left':
        return t(`files.each.${state.reason}`);
      default:
        return status(transfer, null);
    }
  };
  return { bytesOf, nameOf, status, briefStatus };
}

/** How much of a file has arrived, from 0 to 1 in steps of a hundredth, rounded down. */
export const shareOf = (bytes: number, size: number): number =>
  size === 0 ? 0 : Math.floor((bytes / size) * 100) / 100;
