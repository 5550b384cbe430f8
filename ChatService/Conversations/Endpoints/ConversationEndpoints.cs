using Assistify.ChatService.Suppliers;

namespace Assistify.ChatService.Conversations.Endpoints;

internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder app)
    {
        var conversations = app.MapGroup("/api/conversations");
        conversations.MapCreateConversation();
        conversations.MapListConversations();
        conversations.MapGetConversation();
        conversations.MapSendOperatorMessage();
        conversations.MapCloseConversation();
        conversations.MapTakeOver();
        conversations.MapHandBack();
        conversations.MapAssign();
        conversations.MapLabels();
        conversations.MapRunMacro();
        conversations.MapRateConversation();
        conversations.MapReadConversation();
        conversations.MapEnquiries();
    }
}
