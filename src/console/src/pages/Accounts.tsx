import { Button, Checkbox, Form, Input, Modal, Space, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { ask, patch, post } from '../api';
import { useLoad } from '../hooks';
import { roleLabel, roleNames } from '../labels';
import { t, when } from '../lang';
import { useSession } from '../session';
import type { Account, Role } from '../types';
import { Loaded, Title, useAsk, useTry } from '../ui';

function Edit({ account, onEnd }: { account: Account | null; onEnd: (password?: { name: string; password: string }) => void }) {
  const [form] = Form.useForm<{ name: string; display: string; roles: Role[] }>();
  const attempt = useTry();
  const { confirmed } = useSession();
  const send = () =>
    void form.validateFields().then((v) =>
      attempt(async () => {
        if (account) {
          await confirmed(() => patch(`accounts/${account.id}`, { display: v.display, roles: v.roles }));
          onEnd();
        } else {
          const made = await confirmed(() => post<{ password: string }>('accounts', v));
          onEnd({ name: v.name, password: made.password });
        }
      }),
    );
  return (
    <Modal open title={account ? account.name : t('新建账户')} okText={t('保存')} cancelText={t('取消')} onOk={send} onCancel={() => onEnd()}>
      <Form form={form} layout="vertical" initialValues={account ?? { roles: ['editor'] }} onFinish={send} requiredMark={false}>
        {!account && (
          <Form.Item name="name" label={t('用户名')} rules={[{ required: true, pattern: /^[a-z][a-z0-9._-]{1,31}$/, message: t('2至32个小写字母、数字或 . _ -，以字母开头') }]}>
            <Input autoFocus autoComplete="off" />
          </Form.Item>
        )}
        <Form.Item name="display" label={t('显示名')} rules={[{ required: true, max: 20, message: t('必填') }]}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="roles" label={t('角色')} rules={[{ required: true, message: t('至少一个') }]} extra={t('编辑、审核、签发应由不同的人担任；系统不允许任何人审核自己的更改。')}>
          <Checkbox.Group options={Object.keys(roleNames).map((r) => ({ value: r, label: roleLabel(r) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function Accounts() {
  const { may, confirmed, session } = useSession();
  const attempt = useTry();
  const sure = useAsk();
  const loaded = useLoad<{ accounts: Account[] }>('accounts');
  const [opened, setOpened] = useState<Account | 'new' | null>(null);
  const [made, setMade] = useState<{ name: string; password: string } | null>(null);
  const canChange = may('administrator');
  const reset = async (a: Account) => {
    if (!(await sure(t('重置 {name} 的密码？', { name: a.display }), t('会给出一次性密码，并停用其动态验证码。')))) return;
    await attempt(async () => setMade({ name: a.name, ...(await confirmed(() => post<{ password: string }>(`accounts/${a.id}/reset`))) }));
    loaded.reload();
  };
  const turn = (a: Account) => attempt(() => confirmed(() => patch(`accounts/${a.id}`, { disabled: !a.disabled })), t('已保存')).then(loaded.reload);
  return (
    <>
      <Title extra={canChange && <Button type="primary" onClick={() => setOpened('new')}>{t('新建账户')}</Button>}>{t('账户')}</Title>
      <Loaded of={loaded}>
        {({ accounts }) => (
          <div className="panel">
            <Table<Account>
              size="small"
              rowKey="id"
              dataSource={accounts}
              pagination={{ pageSize: 30, hideOnSinglePage: true }}
              columns={[
                { title: t('用户名'), dataIndex: 'name' },
                { title: t('显示名'), dataIndex: 'display' },
                { title: t('角色'), render: (_, a) => a.roles.map((r) => <Tag key={r}>{roleLabel(r)}</Tag>) },
                {
                  title: t('状态'),
                  render: (_, a) => (
                    <>
                      {a.disabled ? <Tag color="error">{t('已停用')}</Tag> : <Tag color="success">{t('可用')}</Tag>}
                      {a.password_change_needed && <Tag>{t('待改密码')}</Tag>}
                      {a.has_totp && <Tag color="blue">{t('动态验证码')}</Tag>}
                    </>
                  ),
                },
                { title: t('最近登录'), render: (_, a) => when(a.last_seen) },
                {
                  title: '',
                  render: (_, a) =>
                    canChange && (
                      <Space size={4}>
                        <Button size="small" onClick={() => setOpened(a)}>{t('修改')}</Button>
                        <Button size="small" onClick={() => void reset(a)}>{t('重置密码')}</Button>
                        <Button size="small" onClick={() => void attempt(() => ask('DELETE', `accounts/${a.id}/sessions`), t('已下线'))}>{t('强制下线')}</Button>
                        {a.id !== session?.account.id && (
                          <Button size="small" danger={!a.disabled} onClick={() => void turn(a)}>
                            {a.disabled ? t('启用') : t('停用')}
                          </Button>
                        )}
                      </Space>
                    ),
                },
              ]}
            />
          </div>
        )}
      </Loaded>
      {opened && (
        <Edit
          account={opened === 'new' ? null : opened}
          onEnd={(password) => {
            setOpened(null);
            if (password) setMade(password);
            loaded.reload();
          }}
        />
      )}
      <Modal open={!!made} footer={null} title={t('一次性密码，请现在交给本人')} onCancel={() => setMade(null)}>
        <p>
          {made?.name} <Typography.Text code copyable id="one-time-password">{made?.password}</Typography.Text>
        </p>
        <p className="quiet">{t('首次登录时必须改掉；关闭后不再显示。')}</p>
      </Modal>
    </>
  );
}
