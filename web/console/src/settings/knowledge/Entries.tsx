import { useMemo, useState } from 'react';
import { languageName } from '../../names.ts';
import { formatAgo } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import { usePublishing } from '../assistant/usePublishing.tsx';
import { Field, FormDialog, textOf } from '../FormDialog.tsx';
import { ItemAction, ListItem } from '../ListItem.tsx';
import { SearchField } from '../SearchField.tsx';
import { useList } from '../useList.ts';
import { LanguageOptions } from './languages.tsx';
import { PartHead } from '../PartHead.tsx';

interface Entry {
  id: string;
  slug: string;
  language: string;
  title: string;
  body: string;
  topics: string[];
  keywords: string;
  url?: string;
  updatedAt: string;
}

/** What was written for the assistant, piece by piece. */
export function Entries() {
  const { service } = useWorkplace();
  const { items, problem, act, load } = useList<Entry>('/api/knowledge');
  const { publish, refusal } = usePublishing();
  const [dialog, setDialog] = useState<'new' | Entry>();
  const [search, setSearch] = useState('');
  const shown = useMemo(() => {
    const wanted = search.trim().toLocaleLowerCase();
    return items?.filter(({ title, body, slug }) => `${title} ${body} ${slug}`.toLocaleLowerCase().includes(wanted));
  }, [items, search]);

  async function save(form: FormData, entry: Entry | undefined) {
    const content = {
      title: textOf(form, 'title'),
      body: textOf(form, 'body'),
      url: textOf(form, 'url'),
      keywords: textOf(form, 'keywords') ?? '',
      topics: (textOf(form, 'topics') ?? '').split(',').map((topic) => topic.trim()).filter(Boolean),
      language: entry?.language ?? form.get('language'),
      slug: entry?.slug,
    };
    await publish((query) => (entry ? service.put(`/api/knowledge/${entry.id}${query}`, content) : service.post(`/api/knowledge${query}`, content)));
    await load();
  }

  const edited = dialog === 'new' ? undefined : dialog;
  return (
    <PartHead
      about="Short texts written for the assistant. Every answer names its entry."
      action={
        <button className="button primary" onClick={() => setDialog('new')} type="button">
          Add an entry
        </button>
      }
      loading={!items}
      problem={problem}
    >
      {items?.length === 0 ? (
        <p className="notice">The assistant knows nothing yet. Add your opening hours first; customers ask for them most.</p>
      ) : (
        <>
          <SearchField label="Search knowledge" onChange={setSearch} value={search} />
          <ul className="entries">
            {shown?.map((entry) => (
              <ListItem
                actions={
                  <>
                    <ItemAction does="Edit" onDo={() => setDialog(entry)} to={entry.title} />
                    <ItemAction
                      does="Delete"
                      onDo={() => {
                        if (confirm(`Delete “${entry.title}”? The assistant stops answering from it at once.`)) {
                          void act(() => publish((query) => service.remove(`/api/knowledge/${entry.id}${query}`)));
                        }
                      }}
                      to={entry.title}
                    />
                  </>
                }
                key={entry.id}
                name={entry.title}
              >
                <p className="knowledge-body" dir="auto">
                  {entry.body}
                </p>
                <p className="meta">
                  {languageName(entry.language)} · changed {formatAgo(entry.updatedAt)}
                </p>
              </ListItem>
            ))}
          </ul>
          {shown?.length === 0 && <p className="notice">No entry has these words.</p>}
        </>
      )}
      {dialog && (
        <FormDialog
          onClose={() => setDialog(undefined)}
          onSubmit={(form) => save(form, edited)}
          submit="Save"
          title={edited ? `Edit “${edited.title}”` : 'Add an entry'}
        >
          <Field defaultValue={edited?.title} label="Title" maxLength={200} name="title" />
          <Field defaultValue={edited?.body} help="As a customer should read it; the assistant quotes it." label="Text" maxLength={10_000} name="body" rows={8} />
          {!edited && (
            <label className="form-field">
              <span>Language</span>
              <select className="field" defaultValue="en" name="language">
                <LanguageOptions />
              </select>
            </label>
          )}
          <Field defaultValue={edited?.url} label="Web address" name="url" required={false} type="url" />
          <Field
            defaultValue={edited?.keywords}
            help="Other words that customers use for it, separated by blanks."
            label="Keywords"
            maxLength={2_000}
            name="keywords"
            required={false}
          />
          <Field defaultValue={edited?.topics.join(', ')} help="Separated by commas." label="Topics" name="topics" required={false} />
        </FormDialog>
      )}
      {refusal}
    </PartHead>
  );
}
