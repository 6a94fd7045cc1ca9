import type { scanEn } from './scan.en';
import type { Translation } from './texts';

/** 扫描二维码的简体中文文本. */
export const scanZh: Translation<typeof scanEn> = {
  open: '扫描二维码',
  title: '扫描二维码',
  hint: '将摄像头对准通话或圈子的二维码。',
  starting: '正在打开摄像头…',
  foreign: '此二维码不是本站的通话或圈子链接。',
  unreadable: '浏览器目前无法识别二维码。请输入代码或粘贴链接。',
  again: '重试',
  close: '关闭',
};
