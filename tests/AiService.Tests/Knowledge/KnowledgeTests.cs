using System.Security.Claims;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Replies;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Knowledge;

public sealed class KnowledgeTests
{
    [Test]
    public async Task What_an_admin_writes_is_answered_at_once_and_forgotten_when_deleted()
    {
        var shop = await Shop.Shared;
        var admin = Operator(Guid.NewGuid());
        var pipeline = shop.Pipeline();
        await using var db = shop.NewContext();

        var created = (Created<KnowledgeResponse>)(await KnowledgeEndpoints.Create(
            new KnowledgeRequest("Pottery courses", "We offer pottery courses every Tuesday at 18:00."), admin, db, shop.Gate(), TimeProvider.System, default)).Result;
        Assert.That(await Answer(pipeline, shop, admin, "do you offer pottery courses?"), Does.Contain("18:00"));

        await KnowledgeEndpoints.Update(
            created.Value!.Id, new KnowledgeRequest("Pottery courses", "We offer pottery courses every Tuesday at 19:00."), admin, db, shop.Gate(), TimeProvider.System, default);
        Assert.That(await Answer(pipeline, shop, admin, "do you offer pottery courses?"), Does.Contain("19:00"));

        await KnowledgeEndpoints.Delete(created.Value.Id, admin, db, shop.Gate(), default);
        Assert.That(await Answer(pipeline, shop, admin, "do you offer pottery courses?"), Does.Contain("don't know"));
    }

    [Test]
    public async Task Another_workspaces_entries_are_not_found()
    {
        var shop = await Shop.Shared;
        await using var db = shop.NewContext();
        var mine = Operator(Identifiers.DefaultWorkspace);
        var other = Operator(Guid.NewGuid());
        var id = (await KnowledgeEndpoints.List(mine, db, default)).Value!.Items[0].Id;

        Assert.That((await KnowledgeEndpoints.Get(id, mine, db, default)).Result, Is.TypeOf<Ok<KnowledgeResponse>>());
        Assert.That((await KnowledgeEndpoints.Get(id, other, db, default)).Result, Is.TypeOf<NotFound>());
        Assert.That((await KnowledgeEndpoints.Delete(id, other, db, shop.Gate(), default)).Result, Is.TypeOf<NotFound>());
        Assert.That((await KnowledgeEndpoints.List(other, db, default)).Value!.Items, Is.Empty);
    }

    [Test]
    public async Task A_card_of_an_answer_leads_to_its_listing_and_drawing()
    {
        var shop = await Shop.Shared;
        var card = (await shop.Ask("do you have a blue vase under 50 EUR?")).Cards.Single();
        await using var db = shop.NewContext();

        var listing = (Ok<Listing>)(await ListingEndpoints.GetListing(Guid.Parse(card.Id), null, db, default)).Result;
        var image = (ContentHttpResult)(await ListingEndpoints.GetImage(Guid.Parse(card.Id), db, new DefaultHttpContext().Response, default)).Result;

        Assert.That((listing.Value!.Title, listing.Value.Price), Is.EqualTo(("Aegean blue vase", new Money(39.00m, "EUR"))));
        Assert.That(card.ImageUrl, Is.EqualTo($"/api/listings/{card.Id}/image"));
        Assert.That(image.ResponseContent, Does.StartWith("<svg").And.Contain("</svg>"));
        Assert.That((await ListingEndpoints.GetListing(Guid.NewGuid(), null, db, default)).Result, Is.TypeOf<NotFound>());
    }

    private static async Task<string> Answer(ReplyPipeline pipeline, Shop shop, ClaimsPrincipal user, string question)
    {
        var request = Some.Question(question) with { WorkspaceId = user.WorkspaceId() };
        var claim = await new ReplyStore(shop.Database, TimeProvider.System).Claim(request, default);
        return (await pipeline.Answer(request, claim.KnowledgeVersion, default)).Reply.Text;
    }

    private static ClaimsPrincipal Operator(Guid workspace) => new(new ClaimsIdentity(
    [
        new System.Security.Claims.Claim(TokenClaims.Subject, Guid.NewGuid().ToString()), new System.Security.Claims.Claim(TokenClaims.Workspace, workspace.ToString()), new System.Security.Claims.Claim(TokenClaims.Role, "admin"),
    ], "test"));
}
