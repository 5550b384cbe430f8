using Assistify.AiService.Catalogue;

namespace Assistify.AiService.Replies;

/// <summary>The product on the page that the customer writes on: what "it" is, unless something else was spoken of.</summary>
/// <param name="IsNew">Opened after all that was said before.</param>
internal sealed record OpenedProduct(Product Product, bool IsNew);
