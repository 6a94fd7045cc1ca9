import type { logEn } from './log.en';
import type { Translation } from './texts';

/** The texts of the debug log, in Chinese. */
export const logZh: Translation<typeof logEn> = {
  copy: '复制调试日志',
  copied: '已复制',
  copyFailed: '无法自动复制。请选中下方文字后自行复制。',
  contents: '记录打开本页面以来发生的情况：状态、错误代码和浏览器版本。不含名字、消息、地址或通话码。',
  label: '调试日志',
};
