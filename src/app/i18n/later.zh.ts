import type { laterEn } from './later.en';
import type { Translation } from './texts';

/** 稍后通话的简体中文文本. */
export const laterZh: Translation<typeof laterEn> = {
  validity: '通话开始前，此链接一直有效，可留待以后使用。有此链接的人都能发起通话，发起后最长 24 小时。',
  heading: '添加到日历',
  start: '日期和时间',
  length: '时长',
  save: '保存日历文件',
  saved: '已保存。打开该文件即可将通话添加到日历。文件中包含链接。',
  missing: '请输入完整的日期和时间。',
  past: '该时间已过，请选择更晚的时间。',
  title: 'Parley 通话',
  description: '打开此链接即可发起或加入通话：',
};
