// The shell: who is signed in, what there is to do, and the page that is asked for.
import { Alert, Button, Dropdown, Layout, Menu, Spin } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { del } from './api';
import { DraftBar, DraftProvider } from './draft';
import { useRoute } from './hooks';
import { lang, setLang, t } from './lang';
import { roleLabel } from './labels';
import { Accounts } from './pages/Accounts';
import { Audit } from './pages/Audit';
import { Boards } from './pages/Boards';
import { Import } from './pages/Import';
import { Items } from './pages/Items';
import { Login } from './pages/Login';
import { Me } from './pages/Me';
import { Media } from './pages/Media';
import { Notices } from './pages/Notices';
import { Office } from './pages/Office';
import { Overview } from './pages/Overview';
import { Projects } from './pages/Projects';
import { Publications } from './pages/Publications';
import { Screens } from './pages/Screens';
import { SetPage } from './pages/SetPage';
import { Sets } from './pages/Sets';
import { Settings } from './pages/Settings';
import { useSession } from './session';

interface Entry {
  key: string;
  label: string;
  page: (rest: string[]) => ReactNode;
  roles?: Parameters<ReturnType<typeof useSession>['may']>;
  isHidden?: boolean;
}

const groups: { label: string; entries: Entry[] }[] = [
  {
    label: '工作',
    entries: [
      { key: 'overview', label: '总览', page: () => <Overview /> },
      { key: 'sets', label: '变更与审核', page: (rest) => (rest[0] ? <SetPage id={Number(rest[0])} key={rest[0]} /> : <Sets />) },
      { key: 'publications', label: '签名与发布', page: () => <Publications /> },
    ],
  },
  {
    label: '内容',
    entries: [
      { key: 'projects', label: '项目', page: (rest) => <Projects open={rest[0]} key={rest[0]} /> },
      { key: 'indicators', label: '指标与位次', page: (rest) => <Items title="指标与位次" lists={['indicators', 'figures', 'records', 'targets']} at={rest} key={rest.join()} /> },
      { key: 'town', label: '活动与小镇', page: (rest) => <Items title="活动与小镇" lists={['occasions', 'places', 'patterns', 'journeys']} at={rest} key={rest.join()} /> },
      { key: 'notices', label: '公告与紧急通知', page: (rest) => <Notices at={rest} key={rest.join()} /> },
      { key: 'boards', label: '版面与播出', page: (rest) => <Boards open={rest[0]} key={rest[0]} /> },
      { key: 'media', label: '图片', page: () => <Media /> },
      { key: 'site', label: '基础数据', page: (rest) => <Items title="基础数据" lists={['parts', 'sources', 'phases', 'rules']} at={rest} key={rest.join()} /> },
      { key: 'import', label: '导入表格', page: () => <Import />, roles: ['editor'] },
    ],
  },
  {
    label: '内部',
    entries: [{ key: 'office', label: '任务与服务台账', page: (rest) => <Office kind={rest[0] ?? 'tasks'} /> }],
  },
  {
    label: '运行',
    entries: [
      { key: 'screens', label: '屏幕', page: (rest) => <Screens at={rest} key={rest.join()} /> },
      { key: 'audit', label: '审计日志', page: () => <Audit />, roles: ['auditor', 'administrator'] },
      { key: 'accounts', label: '账户', page: () => <Accounts />, roles: ['administrator', 'auditor'] },
      { key: 'settings', label: '设置', page: () => <Settings /> },
      { key: 'me', label: '我的账户', page: () => <Me />, isHidden: true },
    ],
  },
];

export function App() {
  const { session, isKnown } = useSession();
  if (!isKnown) return <Spin aria-label={t('载入中')} style={{ display: 'block', margin: '20vh auto' }} />;
  if (!session) return <Login />;
  if (session.password_change_needed)
    return (
      <main className="login">
        <Alert type="info" showIcon message={t('这是一次性密码，请先设置自己的密码。')} style={{ marginBottom: 16 }} />
        <Me onlyPassword />
      </main>
    );
  return (
    <DraftProvider>
      <Shell />
    </DraftProvider>
  );
}

function Shell() {
  const [route, go] = useRoute();
  const { session, take, may } = useSession();
  const [isNarrow, setNarrow] = useState(false);
  const allowed = (e: Entry) => !e.roles || may(...e.roles);
  const entries = groups.flatMap((g) => g.entries);
  const entry = entries.find((e) => e.key === (route[0] ?? 'overview')) ?? entries[0];
  // A new page is told to screen readers by moving the focus to its title.
  useEffect(() => {
    document.title = `${t(entry.label)} · ${t('坊子屏控中心')}`;
    document.getElementById('page-title')?.focus({ preventScroll: true });
  }, [entry.key, entry.label]);
  const account = session!.account;
  return (
    <Layout className="shell" hasSider>
      <a className="skip" href="#main" onClick={(e) => (e.preventDefault(), document.getElementById('main')?.focus())}>
        {t('跳到正文')}
      </a>
      <Layout.Sider breakpoint="lg" collapsedWidth={0} onCollapse={setNarrow} width={210}>
        <div className="brand">
          <img src="/emblem.svg" alt="" />
          {!isNarrow && t('坊子屏控中心')}
        </div>
        <nav aria-label={t('主菜单')}>
          <Menu
            theme="dark"
            mode="inline"
            selectedKeys={[entry.key]}
            onClick={({ key }) => go(key)}
            items={groups.map((g) => ({
              type: 'group' as const,
              label: t(g.label),
              children: g.entries.filter((e) => allowed(e) && !e.isHidden).map((e) => ({ key: e.key, label: <a href={`#/${e.key}`}>{t(e.label)}</a> })),
            }))}
          />
        </nav>
      </Layout.Sider>
      <Layout>
        <Layout.Header className="top">
          <DraftBar />
          <span />
          <span>
            <Button type="text" onClick={() => setLang(lang === 'en' ? 'zh' : 'en')} lang={lang === 'en' ? 'zh-CN' : 'en'}>
              {lang === 'en' ? '中文' : 'English'}
            </Button>
            <Dropdown
              menu={{
                items: [
                  { key: 'me', label: <a href="#/me">{t('我的账户')}</a> },
                  { key: 'out', label: t('退出登录'), onClick: () => void del('session').finally(() => take(null)) },
                ],
              }}
            >
              <Button type="text" id="who" aria-haspopup="menu">
                {account.display}（{account.roles.map(roleLabel).join('、')}）
              </Button>
            </Dropdown>
          </span>
        </Layout.Header>
        <Layout.Content>
          <main id="main" tabIndex={-1} className="content">
            {session!.totp_needed && (
              <Alert
                type="warning"
                showIcon
                style={{ marginBottom: 16 }}
                message={t('签发前须先启用动态验证码。')}
                action={<Button href="#/me">{t('去启用')}</Button>}
              />
            )}
            {allowed(entry) ? entry.page(route.slice(1)) : <Alert type="warning" message={t('您的角色看不到此页')} />}
          </main>
        </Layout.Content>
      </Layout>
    </Layout>
  );
}
