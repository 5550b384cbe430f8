import { useEffect, useState } from 'react';
import { useWorkplace } from '../../workplace.ts';
import { Field, FormDialog, textOf } from '../FormDialog.tsx';
import type { Product } from '../Products.tsx';

interface Supplier {
  id: string;
  name?: string;
  phone?: string;
}

interface ProductDialogProps {
  /** Undefined: a new one. */
  product: Product | undefined;
  /** Throws where the service refuses. */
  onSave: (content: unknown) => Promise<unknown>;
  onClose: () => void;
}

/** A product as the shop's people write it. */
export function ProductDialog({ product, onSave, onClose }: ProductDialogProps) {
  const { service } = useWorkplace();
  const [suppliers, setSuppliers] = useState<readonly Supplier[]>([]);

  useEffect(() => {
    service.get<{ items: Supplier[] }>('/api/suppliers', { limit: 100 }).then(
      ({ items }) => setSuppliers(items),
      // Without the list whoever is chosen already stays.
      () => setSuppliers([]),
    );
  }, [service]);

  const known = product?.supplierId && !suppliers.some(({ id }) => id === product.supplierId) ? [{ id: product.supplierId, name: 'As before' }] : [];

  return (
    <FormDialog
      onClose={onClose}
      onSubmit={(form) =>
        onSave({
          title: textOf(form, 'title'),
          description: textOf(form, 'description'),
          price: { amount: textOf(form, 'amount')?.replace(',', '.'), currency: textOf(form, 'currency')?.toUpperCase() },
          stock: Number(form.get('stock')),
          category: textOf(form, 'category'),
          tags: list(form, 'tags'),
          colours: list(form, 'colours'),
          url: textOf(form, 'url'),
          imageUrl: textOf(form, 'imageUrl'),
          supplierId: textOf(form, 'supplier'),
        })
      }
      submit="Save"
      title={product ? `Edit “${product.title}”` : 'Add a product'}
    >
      <Field defaultValue={product?.title} label="Name" maxLength={200} name="title" />
      <Field defaultValue={product?.description} help="As a customer should read it; the assistant quotes it." label="Description" maxLength={5_000} name="description" rows={5} />
      <Field defaultValue={product?.price.amount} help="Such as 12.50." label="Price" maxLength={13} name="amount" pattern="[0-9]{1,10}([.,][0-9]{1,2})?" />
      <Field defaultValue={product?.price.currency ?? 'EUR'} help="Its code of three letters." label="Currency" maxLength={3} name="currency" pattern="[A-Za-z]{3}" />
      <Field defaultValue={String(product?.stock ?? 1)} help="At 0 it is sold out." label="In stock" max={1_000_000} min={0} name="stock" step="1" type="number" />
      <Field defaultValue={product?.category} help="What kind of thing it is, such as vase." label="Kind" maxLength={100} name="category" required={false} />
      <Field defaultValue={product?.colours.join(', ')} help="By their English names, separated by commas." label="Colours" name="colours" required={false} />
      <Field defaultValue={product?.tags.join(', ')} help="Other words that customers use for it, separated by commas." label="Tags" name="tags" required={false} />
      <Field defaultValue={product?.url} label="Web address" maxLength={2_000} name="url" required={false} type="url" />
      <Field defaultValue={product?.imageUrl} label="Address of a picture" maxLength={2_000} name="imageUrl" required={false} type="url" />
      <label className="form-field">
        <span>Supplier</span>
        {/* Chosen again once the suppliers are here. */}
        <select className="field" defaultValue={product?.supplierId ?? ''} key={suppliers.length} name="supplier">
          <option value="">Nobody</option>
          {[...known, ...suppliers].map((supplier) => (
            <option key={supplier.id} value={supplier.id}>
              {supplier.name ?? ('phone' in supplier ? supplier.phone : undefined) ?? supplier.id}
            </option>
          ))}
        </select>
      </label>
    </FormDialog>
  );
}

function list(form: FormData, name: string): string[] {
  return (textOf(form, name) ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}
