import type { filesEn } from './files.en';
import type { Translation } from './texts';

/** The texts of the panel of files in Simplified Chinese. */
export const filesZh: Translation<typeof filesEn> = {
  'files.text': '文件会直接加密发送给通话中的其他人，对方接受后才开始传输。',
  'files.attach': '添加文件',
  'files.choose': '选择文件',
  'files.folder': '选择文件夹',
  'files.alone': '还没有其他人。有人加入后即可发送文件。',
  'files.shared.one': '有 {count} 个来自其他应用的文件等待发送。',
  'files.shared.other': '有 {count} 个来自其他应用的文件等待发送。',
  'files.sendShared': '发送给通话中的所有人',
  'files.dropShared': '放弃',
  'files.takeAll': '全部接收（{count}）',
  'files.list': '本次通话的文件',
  'files.accept': '接受',
  'files.decline': '拒绝',
  'files.cancel': '取消',
  'files.save': '保存',
  'files.forget': '清除',
  'files.progress': '{file} 的进度',

  'files.from': '{size}，来自 {name}',
  'files.to': '{size}，发给 {name}',
  'files.unanswered': '等待对方回应',
  'files.waiting': '排队中',
  'files.paused': '连接在 {bytes} 处中断，恢复后会自动继续',
  'files.running': '{bytes}，共 {size}',
  'files.rate': '{bytes}，共 {size}，{rate}/秒，剩余 {time}',
  'files.done.in': '已接收并校验',
  'files.done.out': '已送达并校验',

  'files.place.chosen': '保存位置由你选择。',
  'files.place.private': '全部到达后自动下载。',
  'files.place.memory': '此浏览器在保存前将文件放在内存中，因此单个文件最大为 {limit}。',
  'files.place.none': '文件过大：此浏览器最多可接收 {limit} 的文件，只能拒绝。',

  'files.ended.declined.in': '已拒绝',
  'files.ended.declined.out': '{name} 拒绝了',
  'files.ended.cancelled': '已取消',
  'files.ended.cancelledThere': '{name} 取消了传输',
  'files.ended.tampered.in': '已拒收：收到的内容与发送的不一致',
  'files.ended.tampered.out': '{name} 已拒收：收到的内容与发送的不一致',
  'files.ended.misbehaved': '已停止：对方的应用未遵守传输协议',
  'files.ended.unreadable': '无法再读取此文件，它可能已被移动或修改。',
  'files.ended.unwritable': '无法保存此文件，磁盘可能已满。',
  'files.ended.left': '{name} 已离开',

  'files.announce.offered.one': '已向通话中的所有人发送 {file}，等待接受',
  'files.announce.offered.other': '已向通话中的所有人发送 {count} 个文件，等待接受',
  'files.announce.done': '{file} 已收到',
};
