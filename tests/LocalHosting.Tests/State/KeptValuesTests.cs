using Assistify.LocalHosting.State;
using NUnit.Framework;

namespace Assistify.LocalHosting.Tests.State;

internal sealed class KeptValuesTests
{
    private string _path = "";

    [SetUp]
    public void Start() => _path = Path.Combine(Directory.CreateTempSubdirectory("assistify-kept").FullName, "kept.json");

    [TearDown]
    public void End() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Test]
    public void A_value_is_made_once_and_found_again_after_a_restart()
    {
        var first = new KeptValues(_path).GetOrAdd("password", static () => Secret.Password());

        Assert.That(new KeptValues(_path).GetOrAdd("password", static () => Secret.Password()), Is.EqualTo(first));
    }

    [Test]
    public void Only_the_owner_can_read_the_file()
    {
        new KeptValues(_path).Set("password", "x");

        Assert.That(File.GetUnixFileMode(_path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void A_damaged_file_is_named()
    {
        File.WriteAllText(_path, "{ \"password\": ");

        Assert.That(() => new KeptValues(_path), Throws.TypeOf<InvalidDataException>().With.Message.Contains(_path));
    }

    [Test]
    public void A_data_folder_is_one_instances_alone()
    {
        var folder = Path.Combine(Path.GetDirectoryName(_path)!, "data");
        using var first = DataFolder.Open(folder);

        Assert.That(() => DataFolder.Open(folder), Throws.TypeOf<StartException>().With.Message.Contains("another running instance"));
    }

    [Test]
    public void A_file_where_the_data_folder_should_be_is_said_in_one_sentence()
    {
        var folder = Path.Combine(Path.GetDirectoryName(_path)!, "data");
        File.WriteAllText(folder, "");

        Assert.That(() => DataFolder.Open(folder), Throws.TypeOf<StartException>().With.Message.Contains("ASSISTIFY_DATA"));
    }
}
