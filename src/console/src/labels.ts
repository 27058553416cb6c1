// What fields and words are called. English is the field's own name, made readable.
import { lang, t } from './lang';

const fields: Record<string, string> = {
  id: '编号', name: '名称', short_name: '简称', brief: '一句话简介', owner: '建设单位', park: '园区', sector: '产业',
  kind: '类型', investment_cny: '总投资（元）', area_m2: '面积（平方米）', lead_department: '牵头部门',
  template: '阶段模板', phase: '当前阶段', milestones: '节点', state: '状态', planned: '计划日期',
  planned_before: '曾计划', actual: '实际日期', rule: '时限规则', badges: '认证', status: '状态方式', note: '说明',
  as_of: '数据截至', source: '来源', sample: '示例数据', derived: '推算方法', unit: '单位', period: '时期',
  value: '数值', decimals: '小数位', growth_pct: '同比增长（%）', change_pp: '变化（百分点）', rank: '位次',
  rank_at_least: '位次（前几位）', of: '内容', better: '以…为优', previous_rank: '上期位次', standings: '各县市区',
  region: '地区', basis: '排名依据', label: '标签', qualifier: '限定词', compare: '对比', trend: '趋势',
  subtitle: '副标题', from: '开始', to: '结束', until: '截止', venue: '地点', poster: '海报', url: '网址',
  highlights: '亮点', reason: '原因', programme: '节目单', title: '标题', place: '场地', text: '正文', picture: '图片', video: '影片',
  figures: '数字', features: '特色', steps: '步骤', limit: '时限', who: '主体', what: '事项', centre: '中心',
  arms: '方向', direction: '方位', theme: '主题', stations: '节点地名', by: '到何时', items: '指标项',
  tracks: '赛道', parks: '园区', progress: '进度', ticker: '滚动播出', level: '级别', arrow: '方向标志',
  publisher: '发布单位', section: '栏目', dwell_s: '停留（秒）', per_visit_pages: '每轮页数', caption: '图注',
  when: '播出时段', days: '星期', hours: '时间段', screens: '屏幕标签', weight: '权重', timezone: '时区', brand: '徽标',
  holidays: '节假日', workdays: '调休工作日', phases: '阶段', is_construction: '建设期', wait_days: '等待天数',
  code: '编码', parent: '上级任务', department: '部门', departments: '参加部门', leader: '责任领导',
  leader_role: '领导职务', due: '期限', project: '项目', date: '日期', topic: '主题', decisions: '议定事项',
  category: '类别', raised: '提出日期', solved: '解决日期', result: '结果', task_force: '专班', agent: '帮办代办',
  needs: '要素需求', change: '变化', region_name: '地区',
};

const words: Record<string, string> = {
  unreported: '未录入', not_started: '未开始', in_progress: '进行中', done: '已完成', waived: '不需要', suspended: '暂停',
  high: '高', low: '低', over: '多（余）', about: '约', at_least: '以上', planned: '预计', top_n: '前n位',
  up: '上升', down: '下降', flat: '持平', tentative: '待定', confirmed: '已确认', postponed: '延期', cancelled: '取消',
  on: '正常', moved: '改期', info: '一般', important: '重要', actual: '实际', exercise: '演练', red: '红色', orange: '橙色',
  yellow: '黄色', blue: '蓝色', hall: '大厅蓝', festival: '节庆', stage: '按阶段', schedule: '按计划', facts: '只列事实',
  mon: '周一', tue: '周二', wed: '周三', thu: '周四', fri: '周五', sat: '周六', sun: '周日', months: '个月', days: '天',
  workdays: '个工作日', east: '东', west: '西', south: '南', north: '北', land_to_start: '拿地即开工',
  four_permits: '四证齐发', growth: '按增速', rank: '位次', overview: '总览', standing: '位次表', league: '位次榜',
  projects: '项目', list: '项目列表', detail: '项目详情', records: '速度纪录', targets: '目标', pattern: '城市格局',
  journey: '流程', occasion: '活动海报', programme: '节目单', place: '地点', picture: '图片', video: '影片', notices: '公告',
  left: '向左', right: '向右', pause: '暂停', open: '未办', doing: '在办', dropped: '作废', raised: '已提出',
  assigned: '已交办', solved: '已解决', land: '用地', funds: '资金', energy: '能耗', environment: '环境容量',
  permits: '手续', utilities: '水电气', other: '其他', 'up-left': '左上', 'up-right': '右上', 'down-left': '左下',
  'down-right': '右下',
};

// A field that is called by another word in one place.
const special: Record<string, string> = {
  'figures.label': '名称', 'boards.of': '播出内容', 'boards.status': '状态方式', 'projects.status': '项目状态',
  'occasions.status': '活动状态', 'alerts.status': '性质', 'indicators.of': '参排数', 'records.value': '用时',
  'boards.kind': '版面',
};

export const listNames: Record<string, string> = {
  projects: '项目', indicators: '指标', figures: '数字', occasions: '活动', places: '地点', journeys: '流程',
  records: '速度纪录', patterns: '城市格局', targets: '目标', notices: '公告', alerts: '紧急通知', boards: '版面',
  sources: '来源', phases: '阶段模板', rules: '时限规则', parts: '站点设置', tasks: '任务清单', meetings: '联席会议',
  issues: '难点问题', visits: '上门服务', suspensions: '时限中止', project_notes: '项目内部信息', site: '站点',
  calendar: '工作日历', screens: '屏幕时段',
};

const readable = (name: string) => name.replace(/_/g, ' ').replace(/^./, (c) => c.toUpperCase());

export function fieldLabel(list: string, name: string): string {
  return lang === 'en' ? readable(name) : (special[`${list}.${name}`] ?? fields[name] ?? name);
}

export function wordLabel(word: string): string {
  return lang === 'en' ? readable(word) : (words[word] ?? word);
}

export function listLabel(list: string): string {
  return lang === 'en' ? readable(list) : (listNames[list] ?? list);
}

export const roleNames: Record<string, string> = {
  editor: '编辑', reviewer: '审核人', issuer: '签发人', operator: '屏幕管理', auditor: '审计', administrator: '管理员',
};
export const roleLabel = (role: string) => (lang === 'en' ? readable(role) : (roleNames[role] ?? role));

export const setStates: Record<string, [string, string]> = {
  draft: ['草稿', 'default'], submitted: ['待审核', 'processing'], reviewed: ['待签发', 'processing'],
  issued: ['待签名发布', 'warning'], published: ['已发布', 'success'], dropped: ['已作废', 'default'],
  cancelled: ['已撤销', 'default'],
};
export const publicationStates: Record<string, [string, string]> = {
  signing: ['等待签名', 'warning'], ready: ['可以发布', 'processing'], published: ['已发布', 'success'],
  superseded: ['已被取代', 'default'], cancelled: ['已撤销', 'default'],
};
export const screenStates: Record<string, [string, string]> = {
  current: ['最新', 'success'], behind: ['落后', 'warning'], stale: ['数据过期', 'error'], dark: ['无信号', 'error'],
  never_seen: ['从未报到', 'default'], revoked: ['已吊销', 'default'],
};
export const itemStates: Record<string, [string, string]> = {
  same: ['', 'default'], new: ['新增', 'success'], changed: ['已改', 'processing'], removed: ['移除', 'error'],
  order: ['顺序', 'processing'],
};
export const lampNames: Record<string, [string, string]> = {
  green: ['正常', 'green'], yellow: ['临近/轻微逾期', 'gold'], orange: ['逾期', 'orange'], red: ['严重逾期', 'red'],
  grey: ['无计划', 'default'],
};
export const stateLabel = (table: Record<string, [string, string]>, state: string) => t(table[state]?.[0] ?? state);
