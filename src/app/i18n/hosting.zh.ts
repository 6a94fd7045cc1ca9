import type { hostingEn } from './hosting.en';
import type { Translation } from './texts';

/** 成员列表与主持功能的简体中文文本. */
export const hostingZh: Translation<typeof hostingEn> = {
  host: '主持人',
  noHost: '主持人不在。几分钟内会由通话中的一位成员接任。',

  options: '{name}的选项',
  'mute.name': '将{name}静音',
  'muted.member': '已将{name}静音',
  handOver: '设为主持人',
  'handOver.name': '将{name}设为主持人',
  'handOver.sure': '将{name}设为主持人？之后你无法自行收回。',
  remove: '移出',
  'remove.name': '移出{name}',
  'remove.sure': '将{name}移出通话？除非你在这里重新允许，否则对方无法再次加入。',
  'remove.lock': '移出并锁定通话',
  cancel: '取消',

  turnedAway: '已移出或拒绝',
  letIn: '允许加入',
  'letIn.name': '允许加入：{name}',

  'door.title': '谁可以加入',
  'door.open': '开放',
  'door.open.text': '持有链接或代码的人都能加入。',
  'door.ask': '先询问',
  'door.ask.text': '新来的人要等通话中的成员放行。',
  'door.notify': '此页面在后台时，有人请求加入便通知我',
  'door.closed': '锁定',
  'door.closed.text': '新成员无法加入，除非你从“添加成员”呼叫。',
  seats: '人数上限',
  'seats.count': '{count} 人',
  'seats.taken': '每个人离开前位置不变，第 {count} 个位置已有人，所以人数上限暂时不能更小。',
  muteAll: '全体静音',
  'muted.all': '已将所有人静音，每个人都可以自行取消。',
  end: '为所有人结束通话',
  'end.sure': '为所有人结束通话？之后，有链接的人可以用它开始新的通话。',

  'leave.text': '你离开后，通话中的另一位成员会成为主持人。',
  leave: '离开',

  'news.mute': '{name}将你静音了',
  'news.muteNameless': '主持人将你静音了',
  unmute: '取消静音',
  'news.host': '{name}现在是主持人',
  'news.hostOwn': '你现在是主持人。可在“成员”中锁定通话或移出成员。',
};
