import type { callEn } from './call.en';
import type { Translation } from './texts';

/** 通话页面的简体中文文本. */
export const callZh: Translation<typeof callEn> = {
  'call.leave': '离开',
};
