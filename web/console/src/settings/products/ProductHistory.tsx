import { formatMoney } from '../../../../shared/format.ts';
import { Dialog } from '../../Dialog.tsx';
import { formatWhen } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import '../knowledge/knowledge.css';
import { ItemAction } from '../ListItem.tsx';
import type { Product } from '../Products.tsx';
import { useList } from '../useList.ts';

interface Version {
  version: number;
  replacedAt?: string;
  product: Product;
}

interface ProductHistoryProps {
  product: Product;
  onChanged: () => Promise<void>;
  onClose: () => void;
}

/** What a product was, and can be again. */
export function ProductHistory({ product, onChanged, onClose }: ProductHistoryProps) {
  const { service } = useWorkplace();
  const path = `/api/products/${product.id}`;
  const { items: versions, problem, act } = useList<Version>(`${path}/history`);

  const goBackTo = (version: number) =>
    act(async () => {
      await service.post(`${path}/roll_back`, { version });
      await onChanged();
    });

  return (
    <Dialog onClose={onClose} title={`History of “${product.title}”`}>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <ul aria-label="Versions" className="entries">
        {versions?.map(({ version, replacedAt, product: then }) => (
          <li className="version" key={version}>
            <span className="version-words">
              <span dir="auto">{then.title}</span>, {formatMoney(then.price)}{' '}
              <span className="meta">
                Version {version} · {formatWhen(then.updatedAt)}
              </span>
            </span>
            {replacedAt ? (
              <ItemAction does="Go back to this" onDo={() => void goBackTo(version)} to={`version, ${version}`} />
            ) : (
              <span className="success-text">in use</span>
            )}
          </li>
        ))}
      </ul>
      <p className="meta">How many are in stock stays as it is.</p>
    </Dialog>
  );
}
