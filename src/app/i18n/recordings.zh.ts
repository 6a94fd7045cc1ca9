import type { recordingsEn } from './recordings.en';
import type { Translation } from './texts';

/** The texts about recordings that an earlier visit has left, in Simplified Chinese. */
export const recordingsZh: Translation<typeof recordingsEn> = {
  interrupted: '{time} 的录制意外中断。',
  save: '保存',
  delete: '删除',
  ask: '要永久删除 {time} 的录制吗？',
  deleteNow: '删除录制',
  keep: '保留',
  saving: '正在保存 {time} 的录制…',
  saved: '录制文件已保存到下载文件夹。',
  deleted: '录制已删除。',
  unseekable: '录制文件已保存到下载文件夹，但未能写入时长，部分播放器可能无法显示时长或跳转。',
  failed: '无法保存录制。请在此设备上腾出一些空间，然后重试。',
  gone: '此录制已不存在：它已在另一个窗口中被保存或删除。',
};
