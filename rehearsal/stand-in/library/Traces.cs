using System;
using System.IO;

namespace StandIn
{
    /// <summary>What the programs leave in C:\ProgramData\shir-stand-in for the workflow to look at.</summary>
    public static class Traces
    {
        public static void Append(string file, string line)
        {
            File.AppendAllText(PathOf(file), line + Environment.NewLine);
        }

        /// <summary>Replaces the file; null removes it.</summary>
        public static void Put(string file, string text)
        {
            var path = PathOf(file);
            if (text == null) File.Delete(path);
            else File.WriteAllText(path, text);
        }

        private static string PathOf(string file)
        {
            var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "shir-stand-in");
            Directory.CreateDirectory(folder);
            return Path.Combine(folder, file);
        }
    }
}
